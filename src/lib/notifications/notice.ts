import { formatDateTime, formatDay, formatNumber } from '../i18n/format.ts';
import type { Locale } from '../i18n/index.ts';

/**
 * How a value of a notice is shown. `day` is `yyyy-mm-dd`, `instant` an ISO 8601 time, `name` the name of a person, which
 * never stands in a title: mail servers and locked telephones show titles to anybody.
 */
type ParamKind = 'text' | 'number' | 'day' | 'instant' | 'name';

/** What a notice is about; people choose by group how they are told. `account` ones are about their own safety: always sent. */
export type NoticeGroup = 'learning' | 'work' | 'announcement' | 'community' | 'account';

type Kinds = Readonly<Record<string, ParamKind>>;
type Values<P extends Kinds> = { readonly [K in keyof P]: P[K] extends 'number' ? number : string };

/** Title in one line, body in paragraphs, words of the button; `{name}` stands for a value. */
export type NoticeText = Readonly<{ title: string; body: string; action?: string }>;

/** One kind of message: what it takes, how it reads, and values to show an editor. */
export type NoticeDefinition<P extends Kinds = Kinds> = Readonly<{
	group: NoticeGroup;
	params: P;
	sample: Values<P>;
	vi: NoticeText;
	en: NoticeText;
}>;

/** Declares a kind of message; the generic ties the sample, and later each call of `notify`, to the params. */
export function defineNotice<const P extends Kinds>(definition: NoticeDefinition<P>): NoticeDefinition<P> {
	return definition;
}

/** Values that a message of this kind takes. */
export type ParamsOf<D> = D extends NoticeDefinition<infer P> ? Values<P> : never;

const PLACE = /\{(\w+)\}/g;

/** Names of the places in a text, in their order. */
export function placesIn(text: string): string[] {
	return [...text.matchAll(PLACE)].map(([, name]) => name ?? '');
}

/**
 * A text with its values filled in. A value that is missing (an older row, a newer text) leaves nothing behind: the rest
 * of the message still says what it must.
 */
export function fillText(
	text: string,
	kinds: Kinds,
	values: Readonly<Record<string, string | number | undefined>>,
	locale: Locale
): string {
	return text.replace(PLACE, (_, name: string) => shown(kinds[name] ?? 'text', values[name], locale));
}

function shown(kind: ParamKind, value: string | number | undefined, locale: Locale): string {
	if (value === undefined) return '';
	if (kind === 'number') return formatNumber(Number(value), locale);
	if (kind === 'day') return formatDay(String(value));
	if (kind === 'instant') return formatDateTime(new Date(value));
	return String(value);
}

/** What is wrong with a text as an editor wrote it; a code of lib/i18n/errors.ts, or undefined when all is well. */
export function textProblem(definition: NoticeDefinition, text: NoticeText): string | undefined {
	const known = (name: string) => Object.hasOwn(definition.params, name);
	const places = [text.title, text.body, text.action ?? ''].flatMap(placesIn);
	if (!places.every(known)) return 'notifications.unknown_place';
	if (placesIn(text.title).some((name) => definition.params[name] === 'name')) return 'notifications.name_in_title';
	return undefined;
}

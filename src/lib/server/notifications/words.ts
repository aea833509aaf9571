import type { Locale } from '#lib/i18n/index.ts';
import { fillText, type NoticeGroup, type NoticeText } from '#lib/notifications/notice.ts';
import { findTemplate } from '#lib/notifications/templates.ts';
import type { notifications, noticeTexts } from './tables.ts';

/** What an admin put in the place of the delivered Vietnamese words. */
export type EditedText = Pick<typeof noticeTexts.$inferSelect, 'title' | 'body' | 'action'>;

/** A message in words. */
export type Words = Readonly<{ group: NoticeGroup; title: string; body: string; action: string | null }>;

const DROPPED: NoticeText = { title: '', body: '' };

/** The words of a stored message. A kind that a later version no longer knows has none. */
export function wordsOf(
	{ template, params }: Pick<typeof notifications.$inferSelect, 'template' | 'params'>,
	edited: EditedText | null,
	locale: Locale
): Words {
	const definition = findTemplate(template);
	const delivered = definition?.[locale] ?? DROPPED;
	const text = edited && locale === 'vi' ? edited : delivered;
	const fill = (words: string) => fillText(words, definition?.params ?? {}, params, locale);
	return {
		group: definition?.group ?? 'work',
		title: fill(text.title),
		body: fill(text.body),
		action: text.action ? fill(text.action) : null
	};
}

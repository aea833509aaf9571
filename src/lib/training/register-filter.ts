import { parseDay } from '../i18n/format.ts';
import {
	ACTIVITY_KINDS,
	ACTIVITY_STATUSES,
	DELIVERY_MODES,
	type ActivityKind,
	type ActivityStatus,
	type DeliveryMode
} from './activity.ts';

/** Columns the register can be sorted by. */
const REGISTER_SORTS = ['title', 'organiser', 'mode', 'time', 'status', 'people'] as const;
export type RegisterSort = (typeof REGISTER_SORTS)[number];

/** What the register is narrowed to; everything may be left out. */
export type ClassFilter = Readonly<{
	text?: string;
	/** Calendar year in which the class ended, or else began. */
	year?: number;
	mode?: DeliveryMode;
	status?: ActivityStatus;
	/** This organiser and all units below it. */
	unitId?: string;
	kind?: ActivityKind;
	/** Code of training_topic. */
	topic?: string;
	/** Code of legal_field. */
	field?: string;
	source?: 'own' | 'external';
	/** Whether the class stands in the online share. */
	counted?: 'yes' | 'no';
	/** Without any file that proves it. */
	evidence?: 'none';
	/** Some day of the class lies on or after, on or before (`yyyy-mm-dd`). */
	from?: string;
	to?: string;
	sort?: RegisterSort;
	direction?: 'asc' | 'desc';
	page?: number;
}>;

/** Conditions that are folded away on the page. */
export const SELDOM = ['kind', 'topic', 'field', 'source', 'counted', 'evidence', 'from', 'to'] as const;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the address of the register; anything malformed is ignored, since addresses are shared and edited. */
export function readClassFilter(params: URLSearchParams): ClassFilter {
	const text = (name: string) => params.get(name)?.trim().slice(0, 200) || undefined;
	const choice = <T extends string>(name: string, choices: readonly T[]) => choices.find((c) => c === params.get(name));
	const code = (name: string) => (/^[\w-]{1,60}$/.test(text(name) ?? '') ? text(name) : undefined);
	const unit = text('unit');
	const sort = choice('sort', REGISTER_SORTS);
	return {
		text: text('q'),
		year: /^\d{4}$/.test(text('year') ?? '') ? Number(text('year')) : undefined,
		mode: choice('mode', DELIVERY_MODES),
		status: choice('status', ACTIVITY_STATUSES),
		unitId: unit && UUID.test(unit) ? unit : undefined,
		kind: choice('kind', ACTIVITY_KINDS),
		topic: code('topic'),
		field: code('field'),
		source: choice('source', ['own', 'external'] as const),
		counted: choice('counted', ['yes', 'no'] as const),
		evidence: choice('evidence', ['none'] as const),
		from: parseDay(text('from') ?? ''),
		to: parseDay(text('to') ?? ''),
		sort,
		direction: sort ? (choice('dir', ['asc', 'desc'] as const) ?? 'asc') : undefined,
		page: /^\d{1,6}$/.test(text('page') ?? '') ? Math.max(1, Number(text('page'))) : 1
	};
}

/** The address part of a filter, with some of it changed; pages begin anew unless asked for. */
export function classFilterQuery(filter: ClassFilter, change: Partial<ClassFilter> = {}): string {
	const { text, unitId, direction, page, ...rest } = { ...filter, page: undefined, ...change };
	const named = { q: text, unit: unitId, ...rest, dir: direction, page: page && page > 1 ? page : undefined };
	const pairs = Object.entries(named).filter(([, value]) => value !== undefined && value !== '');
	return new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
}

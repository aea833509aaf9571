import { parseDay } from '#lib/i18n/format.ts';

/** What the audit log is searched by, read from its address; what makes no sense is left out. */
export function readAuditFilter(query: URLSearchParams) {
	const before = Number(query.get('before'));
	const text = (name: string) => query.get(name)?.trim().slice(0, 100) || undefined;
	return {
		actor: text('actor'),
		action: text('action'),
		objectId: text('object'),
		from: parseDay(query.get('from') ?? ''),
		to: parseDay(query.get('to') ?? ''),
		before: Number.isSafeInteger(before) && before > 0 ? before : undefined
	};
}

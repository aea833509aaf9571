import { readAuditFilter } from '#lib/identity/audit-input.ts';
import { listAuditEvents } from '#lib/server/identity/audit-log.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = readAuditFilter(url.searchParams);
	const { rows, before } = await listAuditEvents(locals.ctx, filter);
	return { rows: rows.map((row) => ({ ...row, details: JSON.stringify(row.details) })), before, filter };
};

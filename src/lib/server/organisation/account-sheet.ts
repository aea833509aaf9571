import { formatDay } from '#lib/i18n/format.ts';
import { identityMessages } from '#lib/i18n/identity.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { today, type Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { listAccountRows, type AccountFilter } from './account-queries.ts';

/** Whose accounts stand how, as the filter leaves them, for a file: no login names and no addresses. */
export async function accountSheet(ctx: Context, filter: AccountFilter, locale: Locale): Promise<Sheet> {
	const scope = authorise(ctx.actor, 'account:manage');
	const { rows } = await listAccountRows(ctx.db, scope, { ...filter, page: 'all' }, today(ctx));
	await recordAudit(ctx, ctx.db, 'people.exported', { list: 'accounts', rows: rows.length });
	const { accounts: t, fullName } = identityMessages[locale];
	return {
		title: t.title,
		headings: [fullName, t.unit, t.state],
		rows: rows.map((row) => [row.fullName, row.unitName, t.states[row.state]]),
		notes: [formatDay(today(ctx))]
	};
}

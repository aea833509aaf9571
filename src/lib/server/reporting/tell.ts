import { notify } from '../notifications/notify.ts';
import { listRoleHolders } from '../organisation/unit-admins.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { Period, ReportingUnit } from './access.ts';

type About = Readonly<{ period: Period; unit: ReportingUnit; reason?: string }>;

const pathOf = ({ period, unit }: About) => `/reports/${period.id}/units/${unit.id}`;
const keyOf = (template: string, { period, unit }: About, occasion: string) =>
	`${template} ${period.id} ${unit.id} ${occasion}`;

/** Tells those who look after a unit's report; false when all of them had been told of this occasion. */
export async function tellUnit(
	ctx: Context,
	tx: Database,
	template: 'reporting.opened' | 'reporting.reminder' | 'reporting.accepted' | 'reporting.returned',
	about: About,
	occasion: string
): Promise<boolean> {
	const { period, unit, reason = '' } = about;
	const told = await notify(ctx, tx, {
		template,
		params: { period: period.name, dueOn: period.dueOn, reason },
		to: await listRoleHolders(tx, 'unit_admin', unit.id, today(ctx)),
		path: pathOf(about),
		key: keyOf(template, about, occasion)
	});
	return told > 0;
}

/** Tells the heads of a unit that a report waits for their approval. */
export async function tellHeads(ctx: Context, tx: Database, about: About, version: number): Promise<void> {
	await notify(ctx, tx, {
		template: 'reporting.to_approve',
		params: { period: about.period.name, unit: about.unit.name },
		to: await listRoleHolders(tx, 'unit_head', about.unit.id, today(ctx)),
		path: pathOf(about),
		key: keyOf('reporting.to_approve', about, String(version))
	});
}

/** Tells the Sở Tư pháp's admins that a unit's report has come. */
export async function tellProvince(ctx: Context, tx: Database, about: About, version: number): Promise<void> {
	await notify(ctx, tx, {
		template: 'reporting.sent',
		params: { period: about.period.name, unit: about.unit.name },
		to: await listRoleHolders(tx, 'province_admin', about.unit.id, today(ctx)),
		path: pathOf(about),
		key: keyOf('reporting.sent', about, String(version))
	});
}

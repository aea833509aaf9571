import { nameKey } from '#lib/text/names.ts';
import { notify } from '../../notifications/notify.ts';
import { listUnitAdmins } from '../../organisation/unit-admins.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { EVERYTHING } from '../../identity/permissions.ts';
import { accountOf, getClass } from '../access.ts';
import { rosterCandidates, type listImportRows } from '../list-import-tables.ts';
import type { ListTarget } from './target.ts';

type Row = typeof listImportRows.$inferInsert;

/** Hands people over to their units' word; who waits already for the same class does not wait twice. */
export async function addCandidates(
	ctx: Context,
	tx: Database,
	{ target, importId, rows }: { target: ListTarget; importId: string; rows: readonly Row[] }
): Promise<void> {
	const values = rows.flatMap(({ unitId, ...row }) =>
		unitId
			? [
					{
						...{ activityId: target.activity.id, bridgeSiteId: target.site?.id, stage: target.stage, unitId, importId },
						...{ importRow: row.row, fullName: row.fullName, searchName: nameKey(row.fullName) },
						...{ birthDate: row.birthDate, birthYear: row.birthYear, phone: row.phone, position: row.position },
						personalNumberEncrypted: row.personalNumberEncrypted,
						recordedBy: accountOf(ctx.actor)
					}
				]
			: []
	);
	for (let i = 0; i < values.length; i += 1000) {
		await tx
			.insert(rosterCandidates)
			.values(values.slice(i, i + 1000))
			.onConflictDoNothing();
	}
}

/** Tells the admins of each unit that people wait for its word. */
export async function tellUnits(
	ctx: Context,
	tx: Database,
	{ activity }: ListTarget,
	importId: string,
	rows: readonly Row[]
): Promise<void> {
	const unitIds = new Set(rows.flatMap(({ unitId }) => (unitId ? [unitId] : [])));
	if (unitIds.size === 0) return;
	const { organiserName } = await getClass(tx, EVERYTHING, activity.id);
	const { title: className, startsOn, dueOn } = activity;
	for (const unitId of unitIds) {
		await notify(ctx, tx, {
			template: 'training.candidates_waiting',
			params: { className, organiser: organiserName, startsOn, dueOn },
			to: await listUnitAdmins(tx, unitId, today(ctx)),
			path: '/people/candidates',
			key: `training.candidates_waiting ${importId} ${unitId}`
		});
	}
}

import { sql } from 'drizzle-orm';
import type { Applied } from '../../organisation/reorganisation/apply.ts';
import type { UnitChange } from '../../organisation/reorganisation/change.ts';
import type { Database } from '../../platform/database.ts';

/** What was done and to whom, by id. */
export type Done = Readonly<{
	change: UnitChange;
	applied: Applied;
	classIds: readonly string[];
	on: string;
}>;

/** Whom and what a reorganisation moves, as its preview names them. */
export type ReorganisationNames = Readonly<{
	units: readonly { name: string; becomes: string; kind: 'ended' | 'moved' | 'renamed' | 'created' }[];
	people: readonly { personId: string; fullName: string; position: string | null; from: string; to: string | null }[];
	roles: readonly { holder: string; role: string; from: string; to: string | null }[];
	classes: readonly { title: string; status: string; from: string; to: string }[];
}>;

/** Names shown of each kind; the counts say how many there are. */
const SHOWN = 500;

/** Names for a preview, read in its transaction, where everything is done already. */
export async function namesOf(tx: Database, done: Done): Promise<ReorganisationNames> {
	const { change, applied, on } = done;
	const before = await namesBefore(tx, on);
	const now = await namesNow(tx);
	const heir = (id: string) => {
		const found = change.heirs.find(({ fromId }) => fromId === id);
		return found?.takesPeople ? (now.get(found.toId) ?? null) : null;
	};
	const successors = (id: string) =>
		change.successions.filter(({ fromUnitId }) => fromUnitId === id).map(({ toUnitId }) => now.get(toUnitId) ?? '');
	const units = [
		...change.created.map(({ name, parentId }) => ({
			name,
			becomes: now.get(parentId) ?? '',
			kind: 'created' as const
		})),
		...change.ended.map((id) => ({
			name: before.get(id) ?? '',
			becomes: successors(id).join('; '),
			kind: 'ended' as const
		})),
		...change.renamed.map(({ unitId, name }) => ({
			name: before.get(unitId) ?? '',
			becomes: name,
			kind: 'renamed' as const
		})),
		...change.moved.map(({ unitId, parentId }) => ({
			name: now.get(unitId) ?? '',
			becomes: now.get(parentId) ?? '',
			kind: 'moved' as const
		}))
	];
	return {
		units,
		people: await listPeople(tx, applied, before, now),
		roles: (await listRoles(tx, applied.roleIds)).map(({ holder, role, unitId }) => ({
			...{ holder, role, from: before.get(unitId) ?? '', to: heir(unitId) }
		})),
		classes: (await listClasses(tx, done.classIds)).map(({ title, status, unitId }) => {
			const from = change.heirs.find(({ toId }) => toId === unitId);
			return { title, status, from: before.get(from?.fromId ?? '') ?? '', to: now.get(unitId) ?? '' };
		})
	};
}

async function namesBefore(tx: Database, on: string): Promise<Map<string, string>> {
	const rows = await tx.execute<{ id: string; name: string }>(sql`
		select distinct on (unit_id) unit_id as id, name from unit_version where valid_from < ${on}::date
		order by unit_id, valid_from desc`);
	return new Map(rows.map(({ id, name }) => [id, name]));
}

async function namesNow(tx: Database): Promise<Map<string, string>> {
	const rows = await tx.execute<{ id: string; name: string }>(sql`
		select distinct on (unit_id) unit_id as id, name from unit_version order by unit_id, valid_from desc`);
	return new Map(rows.map(({ id, name }) => [id, name]));
}

async function listPeople(
	tx: Database,
	{ people, leavers }: Applied,
	before: ReadonlyMap<string, string>,
	now: ReadonlyMap<string, string>
): Promise<ReorganisationNames['people']> {
	const moved = new Map([...people, ...leavers].map((one) => [one.personId, one]));
	const rows = await tx.execute<{ personId: string; fullName: string; position: string | null }>(sql`
		select p.id as "personId", p.full_name as "fullName",
			(select position from affiliation where person_id = p.id order by valid_from desc limit 1) as position
		from person p where p.id = any(${sql.param([...moved.keys()])}::uuid[])
		order by p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.id limit ${SHOWN}`);
	return rows.map((row) => {
		const { fromId = '', toId } = moved.get(row.personId) ?? {};
		return { ...row, from: before.get(fromId) ?? '', to: toId ? (now.get(toId) ?? '') : null };
	});
}

async function listRoles(tx: Database, grantIds: readonly string[]) {
	return tx.execute<{ holder: string; role: string; unitId: string }>(sql`
		select coalesce(p.full_name, a.display_name) as holder, g.role, g.unit_id as "unitId"
		from role_grant g join unit u on u.id = g.unit_id join account a on a.id = g.account_id
			left join person p on p.id = a.person_id
		where g.id = any(${sql.param([...grantIds])}::uuid[]) order by 1, 2, u.no limit ${SHOWN}`);
}

async function listClasses(tx: Database, classIds: readonly string[]) {
	return tx.execute<{ title: string; status: string; unitId: string }>(sql`
		select title, status, organiser_unit_id as "unitId" from training_activity
		where id = any(${sql.param([...classIds])}::uuid[]) order by starts_on desc, title limit ${SHOWN}`);
}

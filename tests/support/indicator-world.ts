import { eq, sql } from 'drizzle-orm';
import { readTargetsFilter, type TargetsFilter } from '#lib/indicators/input.ts';
import { ensureTargets } from '#lib/server/indicators/reference-data.ts';
import { ensureReferenceData } from '#lib/server/organisation/reference-data.ts';
import {
	affiliations,
	aggregateRosters,
	categoryMemberships,
	people,
	units,
	unitVersions,
	type UnitType
} from '#lib/server/organisation/tables.ts';
import type { Database } from '#lib/server/platform/database.ts';
import { recomputeFirstCompletions } from '#lib/server/training/first-completion.ts';
import { aggregateResults, participations, trainingActivities } from '#lib/server/training/tables.ts';

/** A unit made for a test. */
export type MadeUnit = Readonly<{ id: string; code: string; path: string }>;

type ActivityFields = Partial<typeof trainingActivities.$inferInsert>;
type ParticipationFields = Partial<typeof participations.$inferInsert>;

/** A filter as the page's address would give it, for example `{ unit: 'A', trained: 'yes' }`. */
export function filterOf(params: Record<string, string> = {}): TargetsFilter {
	return readTargetsFilter(new URLSearchParams(params));
}

/** Makes rows straight in the tables, so that a test of figures says exactly what there is. */
export function indicatorWorld(db: Database) {
	let serial = 0;
	const world = {
		async start(): Promise<MadeUnit> {
			await ensureReferenceData(db);
			await ensureTargets(db);
			return world.unit('P', undefined, 'province');
		},
		async unit(code: string, parent?: MadeUnit, type: UnitType = 'provincial_department'): Promise<MadeUnit> {
			const [unit] = await db.insert(units).values({ code, path: '0' }).returning();
			if (!unit) throw new Error('no unit');
			const path = parent ? `${parent.path}.${unit.no}` : String(unit.no);
			await db.update(units).set({ path }).where(eq(units.id, unit.id));
			await db
				.insert(unitVersions)
				.values({ unitId: unit.id, name: `Đơn vị ${code}`, type, parentId: parent?.id, validFrom: '2020-01-01' });
			return { id: unit.id, code, path };
		},
		/** People of one unit and some categories, since 2025. */
		async people(
			unit: MadeUnit,
			count: number,
			categories: readonly string[] = ['legal_rapporteur']
		): Promise<string[]> {
			const names = Array.from({ length: count }, () => `Nguyễn Văn ${++serial}`);
			const made = await db
				.insert(people)
				.values(names.map((fullName) => ({ fullName, givenName: String(serial), searchName: fullName.toLowerCase() })))
				.returning({ id: people.id });
			const ids = made.map(({ id }) => id);
			await db
				.insert(affiliations)
				.values(ids.map((personId) => ({ personId, unitId: unit.id, validFrom: '2025-01-01' })));
			const memberships = ids.flatMap((personId) =>
				categories.map((categoryCode) => ({ personId, categoryCode, validFrom: '2025-01-01' }))
			);
			if (memberships.length > 0) await db.insert(categoryMemberships).values(memberships);
			return ids;
		},
		async move(personId: string, to: MadeUnit, on: string): Promise<void> {
			await db.update(affiliations).set({ validTo: on }).where(eq(affiliations.personId, personId));
			await db.insert(affiliations).values({ personId, unitId: to.id, validFrom: on });
		},
		/** A class that counts unless a field says otherwise. */
		async activity(organiser: MadeUnit, fields: ActivityFields = {}): Promise<string> {
			const day = fields.endedOn ?? '2026-05-20';
			const [made] = await db
				.insert(trainingActivities)
				.values({
					kind: 'training',
					title: `Lớp ${++serial}`,
					organiserUnitId: organiser.id,
					mode: 'in_person',
					documentNo: '12/KH-STP',
					startsOn: day,
					dueOn: day,
					teachingPeriods: 8,
					status: 'ended',
					endedOn:
						fields.status === 'ongoing' || fields.status === 'planned' || fields.status === 'cancelled' ? null : day,
					...fields
				})
				.returning({ id: trainingActivities.id });
			if (!made) throw new Error('no activity');
			return made.id;
		},
		/** People who were summoned, came and completed on a day, and the derived rows that follow. */
		async trained(
			activityId: string,
			personIds: readonly string[],
			unit: MadeUnit,
			completedOn: string | null = '2026-05-20',
			fields: ParticipationFields = {}
		): Promise<void> {
			if (personIds.length === 0) return;
			await db.insert(participations).values(
				personIds.map((personId) => ({
					personId,
					activityId,
					unitIdThen: unit.id,
					summonedOn: completedOn ?? '2026-05-01',
					attendedOn: completedOn,
					completedOn,
					completedRecordedAt: completedOn ? sql`now()` : null,
					...fields
				}))
			);
			await db.transaction((tx) => recomputeFirstCompletions(tx, { personIds: [...personIds] }));
		},
		/** As a merger of people does. */
		async recompute(personIds: readonly string[]): Promise<void> {
			await db.transaction((tx) => recomputeFirstCompletions(tx, { personIds }));
		},
		async aggregateRoster(unit: MadeUnit, headcount: number, categoryCode = 'advising_official'): Promise<void> {
			await db.insert(aggregateRosters).values({
				unitId: unit.id,
				categoryCode,
				headcount,
				documentNo: '45/BC-CA',
				documentDate: '2026-01-10',
				validFrom: '2026-01-10'
			});
		},
		async aggregateResult(
			unit: MadeUnit,
			trainedCount: number,
			fields: Partial<typeof aggregateResults.$inferInsert> = {}
		) {
			await db.insert(aggregateResults).values({
				unitId: unit.id,
				categoryCode: 'advising_official',
				trainedCount,
				completedOn: '2026-06-01',
				documentNo: '99/BC-CA',
				documentDate: '2026-06-05',
				...fields
			});
		}
	};
	return world;
}

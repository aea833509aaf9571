import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { authorise, can } from '../../identity/permissions.ts';
import { holdsOn } from '../../organisation/dated.ts';
import { inScope } from '../../organisation/scope.ts';
import { affiliations, people, units, unitVersions } from '../../organisation/tables.ts';
import { listCategories } from '../../organisation/reference-data.ts';
import { today, type Context } from '../../platform/context.ts';
import { findListedPeople } from '../listed-people.ts';
import { listImportRows, listImports, rosterCandidates } from '../list-import-tables.ts';
import { trainingActivities } from '../tables.ts';
import { getListImport } from './import-access.ts';

/** Lines that one page shows of those that need no answer. */
const SHOWN_LINES = 300;
/** People waiting for a unit's word that one page shows. */
const SHOWN_CANDIDATES = 50;

const unitName = (unitId: unknown) =>
	sql<
		string | null
	>`(select v.name from unit_version v where v.unit_id = ${unitId} order by v.valid_from desc limit 1)`;

/** Lists brought onto a class or a site, newest first. */
export async function listImportsOf(ctx: Context, place: { activityId: string } | { siteId: string }) {
	const scope = authorise(ctx.actor, 'training:manage');
	const countOf = (state: string) =>
		sql<number>`(select count(*) from list_import_row r where r.import_id = ${listImports.id} and r.state = ${state})::int`;
	return ctx.db
		.select({
			...{ id: listImports.id, fileName: listImports.fileName, recordedAt: listImports.recordedAt },
			...{ undoneAt: listImports.undoneAt, placed: countOf('placed'), uncertain: countOf('uncertain') },
			candidates: countOf('candidate')
		})
		.from(listImports)
		.innerJoin(units, eq(units.id, listImports.unitId))
		.where(
			and(
				inScope(units.path, scope),
				'siteId' in place
					? eq(listImports.bridgeSiteId, place.siteId)
					: and(eq(listImports.activityId, place.activityId), isNull(listImports.bridgeSiteId))
			)
		)
		.orderBy(desc(listImports.recordedAt))
		.limit(20);
}

/** One list: figures, the questions with the people each may mean side by side, and what became of the other lines. */
export async function getListPage(ctx: Context, importId: string) {
	const list = await getListImport(ctx.db, authorise(ctx.actor, 'training:manage'), importId);
	const [[activity], counts, rows] = await Promise.all([
		ctx.db
			.select({ id: trainingActivities.id, title: trainingActivities.title })
			.from(trainingActivities)
			.where(eq(trainingActivities.id, list.activityId)),
		ctx.db
			.select({ state: listImportRows.state, n: sql<number>`count(*)::int` })
			.from(listImportRows)
			.where(eq(listImportRows.importId, importId))
			.groupBy(listImportRows.state),
		ctx.db
			.select({
				...{ row: listImportRows.row, fullName: listImportRows.fullName, birthDate: listImportRows.birthDate },
				...{ birthYear: listImportRows.birthYear, position: listImportRows.position, phone: listImportRows.phone },
				...{
					unitText: listImportRows.unitText,
					unitName: unitName(listImportRows.unitId),
					state: listImportRows.state
				},
				...{ problem: listImportRows.problem, matchedBy: listImportRows.matchedBy, personName: people.fullName },
				candidateIds: listImportRows.candidateIds
			})
			.from(listImportRows)
			.leftJoin(people, eq(people.id, listImportRows.personId))
			.where(eq(listImportRows.importId, importId))
			.orderBy(
				sql`${listImportRows.state} <> 'uncertain'`,
				sql`${listImportRows.state} = 'placed'`,
				asc(listImportRows.row)
			)
			.limit(SHOWN_LINES)
	]);
	const known = await peopleById(
		ctx,
		rows.flatMap(({ candidateIds, state }) => (state === 'uncertain' ? candidateIds : []))
	);
	return {
		...{ id: list.id, fileName: list.fileName, recordedAt: list.recordedAt, stage: list.stage },
		...{ undoneAt: list.undoneAt, undoReason: list.undoReason, siteId: list.bridgeSiteId },
		activity: activity ?? { id: list.activityId, title: '' },
		counts: Object.fromEntries(counts.map(({ state, n }) => [state, n])),
		questions: rows
			.filter(({ state }) => state === 'uncertain')
			.map(({ phone, candidateIds, ...row }) => ({
				...row,
				people: candidateIds.flatMap((id) => {
					const person = known.get(id);
					return person
						? [{ ...person, phone: undefined, hasSamePhone: phone !== null && person.phone === phone }]
						: [];
				})
			})),
		lines: rows
			.filter(({ state }) => state !== 'uncertain')
			.map(({ phone: _, candidateIds: __, birthDate: ___, ...row }) => row)
	};
}

async function peopleById(ctx: Context, ids: readonly string[]) {
	const unique = [...new Set(ids)];
	if (unique.length === 0) return new Map<string, never>();
	const day = today(ctx);
	const rows = await ctx.db
		.select({
			...{ personId: people.id, fullName: people.fullName, birthDate: people.birthDate, birthYear: people.birthYear },
			...{ phone: people.phone, position: affiliations.position, unitName: unitVersions.name }
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, affiliations.unitId), holdsOn(unitVersions, day)))
		.where(inArray(people.id, unique));
	return new Map(rows.map((row) => [row.personId, row]));
}

/** People who wait for the word of the actor's units, oldest first, each with those of the roster who may be meant. */
export async function getCandidatesPage(ctx: Context) {
	const scope = authorise(ctx.actor, 'roster:manage');
	const waiting = and(eq(rosterCandidates.state, 'waiting'), inScope(units.path, scope));
	const from = () => ctx.db.select({ n: sql<number>`count(*)::int` }).from(rosterCandidates);
	const [[total], rows, groups] = await Promise.all([
		from().innerJoin(units, eq(units.id, rosterCandidates.unitId)).where(waiting),
		ctx.db
			.select({
				candidate: rosterCandidates,
				unitName: unitName(rosterCandidates.unitId),
				title: trainingActivities.title,
				organiserName: unitName(trainingActivities.organiserUnitId)
			})
			.from(rosterCandidates)
			.innerJoin(units, eq(units.id, rosterCandidates.unitId))
			.innerJoin(trainingActivities, eq(trainingActivities.id, rosterCandidates.activityId))
			.where(waiting)
			.orderBy(asc(rosterCandidates.recordedAt), asc(rosterCandidates.importRow), asc(rosterCandidates.id))
			.limit(SHOWN_CANDIDATES),
		listCategories(ctx.db, today(ctx))
	]);
	const alike = await findListedPeople(
		ctx,
		scope,
		rows.map(({ candidate: { fullName, phone } }) => ({ fullName, phone: phone ?? undefined }))
	);
	return {
		total: total?.n ?? 0,
		rows: rows.map(({ candidate, ...names }) => ({
			...names,
			...{ id: candidate.id, fullName: candidate.fullName, birthYear: candidate.birthYear },
			...{ position: candidate.position, stage: candidate.stage },
			people: alike({ fullName: candidate.fullName, phone: candidate.phone ?? undefined })
				.slice(0, 6)
				.map(({ personId, fullName, birthYear, position, unitName: of }) => ({
					...{ personId, fullName, birthYear, position, unitName: of }
				}))
		})),
		categories: groups.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn }))
	};
}

/** How many people wait for the word of the actor's units; 0 for actors who may not give it. */
export async function countCandidates(ctx: Context): Promise<number> {
	if (!can(ctx.actor, 'roster:manage')) return 0;
	const [row] = await ctx.db
		.select({ n: sql<number>`count(*)::int` })
		.from(rosterCandidates)
		.innerJoin(units, eq(units.id, rosterCandidates.unitId))
		.where(and(eq(rosterCandidates.state, 'waiting'), inScope(units.path, authorise(ctx.actor, 'roster:manage'))));
	return row?.n ?? 0;
}

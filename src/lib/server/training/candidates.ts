import { and, eq, type SQL, sql } from 'drizzle-orm';
import { likeContains } from '#lib/text/fold.ts';
import { authorise, type UnitScope } from '../identity/permissions.ts';
import { holdsOn } from '../organisation/dated.ts';
import { BY_NAME, getUnit, isPerson, searchPeople } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { affiliations, categories, categoryMemberships, people, units, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import { getClass } from './access.ts';
import { summon, type Summoned } from './summon.ts';

/** Whom of the roster one looks for; everything may be left out. */
export type CandidateFilter = Readonly<{
	text?: string;
	category?: string;
	/** This unit and all below it. */
	unitId?: string;
	/** Only people without a counted completion since this day (`yyyy-mm-dd`), the first day of the stage. */
	untrainedSince?: string;
	page?: number;
}>;

export const CANDIDATES_PER_PAGE = 50;

/** Someone who may be put on a class. */
type Candidate = {
	personId: string;
	fullName: string;
	birthYear: number | null;
	position: string | null;
	unitName: string;
	categories: string[];
	/** Day of the last counted completion, by year's first. */
	lastTrainedOn: string | null;
};

/** One page of the people of the actor's units who are not on the class yet, in the order of names. */
export async function listCandidates(ctx: Context, activityId: string, filter: CandidateFilter) {
	const where = await candidateCondition(ctx, activityId, filter);
	const page = Math.max(1, filter.page ?? 1);
	const day = today(ctx);
	const rows: Candidate[] = await ctx.db
		.select({
			personId: people.id,
			fullName: people.fullName,
			birthYear: people.birthYear,
			position: affiliations.position,
			unitName: unitVersions.name,
			categories: sql<string[]>`array(select ${categories.nameVi} from ${categoryMemberships}
				join ${categories} on ${categories.code} = ${categoryMemberships.categoryCode}
				where ${categoryMemberships.personId} = ${people.id} and ${holdsOn(categoryMemberships, day)}
				order by ${categories.position})`,
			lastTrainedOn: sql<string | null>`(select max(completed_on)::text from first_completion
				where first_completion.person_id = ${people.id})`
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.where(where)
		.orderBy(...BY_NAME)
		.limit(CANDIDATES_PER_PAGE)
		.offset((page - 1) * CANDIDATES_PER_PAGE);
	return { rows, page, total: (await matchingIds(ctx, where)).length };
}

/** Triệu tập everybody the filter matches, over all pages. @throws {DomainError} as {@link summon} */
export async function summonMatching(ctx: Context, activityId: string, filter: CandidateFilter): Promise<Summoned> {
	const personIds = await matchingIds(ctx, await candidateCondition(ctx, activityId, filter));
	return summon(ctx, { activityId, personIds });
}

async function candidateCondition(ctx: Context, activityId: string, filter: CandidateFilter): Promise<SQL | undefined> {
	const scope = authorise(ctx.actor, 'training:manage');
	await getClass(ctx.db, scope, activityId);
	return and(
		isPerson,
		inScope(units.path, scope),
		sql`not exists (select 1 from participation taken join person mine on mine.id = taken.person_id
			where taken.activity_id = ${activityId} and taken.voided_at is null
				and coalesce(mine.canonical_id, mine.id) = ${people.id})`,
		...(await narrowed(ctx, scope, filter))
	);
}

async function narrowed(ctx: Context, scope: UnitScope, filter: CandidateFilter): Promise<(SQL | undefined)[]> {
	const unit = filter.unitId ? await getUnit(ctx.db, scope, filter.unitId) : undefined;
	return [
		unit && sql`${units.path} <@ ${unit.path}::ltree`,
		filter.text ? sql`${people.searchName} like ${likeContains(filter.text)}` : undefined,
		filter.category
			? sql`exists (select 1 from ${categoryMemberships} where ${categoryMemberships.personId} = ${people.id}
				and ${categoryMemberships.categoryCode} = ${filter.category} and ${holdsOn(categoryMemberships, today(ctx))})`
			: undefined,
		filter.untrainedSince
			? sql`not exists (select 1 from first_completion where first_completion.person_id = ${people.id}
				and first_completion.completed_on >= ${filter.untrainedSince})`
			: undefined
	];
}

async function matchingIds(ctx: Context, where: SQL | undefined): Promise<string[]> {
	const rows = await ctx.db
		.select({ personId: people.id })
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, today(ctx))))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.where(where);
	return rows.map(({ personId }) => personId);
}

/** Someone found for the form of a held class. */
export type FoundPerson = { personId: string; fullName: string; position: string | null; unitName: string };

/**
 * People of the actor's units by name or telephone, for a form that has no class yet; with those of `chosen` who are
 * wanted on the page again. At most twenty are found.
 */
export async function findPeople(
	ctx: Context,
	{ text = '', chosen = [] }: { text?: string; chosen?: readonly string[] }
): Promise<FoundPerson[]> {
	const scope = authorise(ctx.actor, 'training:manage');
	const day = today(ctx);
	const found = text ? await searchPeople(ctx.db, scope, text, { day }) : [];
	const missing = chosen.filter((id) => /^[0-9a-f-]{36}$/.test(id) && !found.some(({ personId }) => personId === id));
	const kept = await ctx.db
		.select({
			personId: people.id,
			fullName: people.fullName,
			position: affiliations.position,
			unitName: unitVersions.name
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.where(and(isPerson, inScope(units.path, scope), sql`${people.id} = any(${sql.param(missing)}::uuid[])`))
		.orderBy(...BY_NAME);
	return [...kept, ...found].map(({ personId, fullName, position, unitName }) => ({
		...{ personId, fullName, position, unitName }
	}));
}

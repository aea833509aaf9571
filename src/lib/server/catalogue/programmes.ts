import { and, eq, isNull, sql } from 'drizzle-orm';
import type { NewProgrammeInput, ProgrammeInput } from '#lib/catalogue/programme-input.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise, can } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import { listUnitChoices } from '../organisation/unit-pages.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { listPublishedCourses } from './lists.ts';
import { programmeCourses, programmes, programmeVersions } from './programme-tables.ts';

/** A course within a programme, as its newest published version has it. */
export type ProgrammeCourse = Readonly<{
	courseId: string;
	courseVersionId: string | null;
	code: string;
	title: string;
	teachingPeriods: number;
	isRequired: boolean;
}>;

/** Programmes in force with their newest version and its courses. Everybody who is signed in reads them. */
export async function listProgrammes(ctx: Context, programmeId?: string) {
	if (ctx.actor.kind === 'anonymous') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	const rows = await ctx.db
		.select({
			id: programmes.id,
			versionId: programmeVersions.id,
			number: programmeVersions.number,
			title: programmeVersions.title,
			summary: programmeVersions.summary,
			documentNo: programmeVersions.documentNo,
			documentDate: programmeVersions.documentDate,
			recordedAt: programmeVersions.recordedAt,
			path: units.path,
			unitName: sql<string>`(select v.name from unit_version v where v.unit_id = ${units.id}
				order by v.valid_from desc limit 1)`,
			courses: sql<ProgrammeCourse[]>`(select coalesce(json_agg(json_build_object(
					'courseId', c.id, 'courseVersionId', cv.id, 'code', c.code, 'title', coalesce(cv.title, c.code),
					'teachingPeriods', coalesce(cv.teaching_periods, 0)::float8, 'isRequired', pc.is_required)
				order by pc.position), '[]'::json)
				from programme_course pc join course c on c.id = pc.course_id
				left join lateral (select * from course_version x where x.course_id = c.id and x.status = 'published'
					order by x.number desc limit 1) cv on true
				where pc.version_id = ${programmeVersions.id})`
		})
		.from(programmes)
		.innerJoin(units, eq(units.id, programmes.unitId))
		.innerJoin(programmeVersions, eq(programmeVersions.programmeId, programmes.id))
		.where(
			and(
				isNull(programmes.retiredAt),
				programmeId ? eq(programmes.id, programmeId) : undefined,
				sql`${programmeVersions.number} = (select max(n.number) from programme_version n
					where n.programme_id = ${programmes.id})`
			)
		)
		.orderBy(programmeVersions.title);
	return rows.map(({ path: _, ...row }) => row);
}

/** What a form about a programme offers. */
export async function getProgrammeChoices(ctx: Context) {
	const units = await listUnitChoices(ctx, 'programme:manage');
	const courses = await listPublishedCourses(ctx, { text: '' });
	return {
		units: units.map(({ value, label }) => ({ value, label })),
		courses: courses.map(({ courseId, code, title }) => ({ value: courseId, label: `${code}: ${title}` }))
	};
}

/** A programme to change. @throws {DomainError} `not_found` outside the actor's units */
export async function getManagedProgramme(ctx: Context, programmeId: string) {
	await findManaged(ctx, programmeId);
	const [programme] = await listProgrammes(ctx, programmeId);
	if (!programme) throw new DomainError('not_found', 'catalogue.no_such_programme');
	return programme;
}

/** Sets up a programme with its first version. @throws {DomainError} `not_found` outside the actor's units */
export async function addProgramme(ctx: Context, { unitId, ...input }: NewProgrammeInput): Promise<string> {
	await getUnit(ctx.db, authorise(ctx.actor, 'programme:manage'), unitId);
	return ctx.db.transaction(async (tx) => {
		const [added] = await tx.insert(programmes).values({ unitId }).returning({ id: programmes.id });
		if (!added) throw new Error('programme was not inserted');
		await insertVersion(ctx, tx, added.id, 1, input);
		await recordAudit(ctx, tx, 'programme.added', { objectId: added.id, unitId });
		return added.id;
	});
}

/** Gives a programme a new version; the ones before stay as they were. @throws {DomainError} `conflict` `form.stale` */
export async function changeProgramme(ctx: Context, programmeId: string, input: ProgrammeInput): Promise<void> {
	const { unitId } = await findManaged(ctx, programmeId);
	await ctx.db.transaction(async (tx) => {
		const { number } = (await listProgrammes({ ...ctx, db: tx }, programmeId))[0] ?? { number: 0 };
		if (number !== input.number) throw new DomainError('conflict', 'form.stale');
		await insertVersion(ctx, tx, programmeId, number + 1, input);
		await recordAudit(ctx, tx, 'programme.changed', { objectId: programmeId, unitId, number: number + 1 });
	});
}

/** Takes a programme out of use; classes and transcripts stay. */
export async function retireProgramme(ctx: Context, programmeId: string): Promise<void> {
	const { unitId } = await findManaged(ctx, programmeId);
	await ctx.db.transaction(async (tx) => {
		await tx.update(programmes).set({ retiredAt: ctx.now }).where(eq(programmes.id, programmeId));
		await recordAudit(ctx, tx, 'programme.retired', { objectId: programmeId, unitId });
	});
}

/** True when the actor may set up programmes: whether to show the way there. */
export function mayManageProgrammes({ actor }: Context): boolean {
	return can(actor, 'programme:manage');
}

/** True when this programme is one of those that the actor may change. */
export async function mayManageProgramme(ctx: Context, programmeId: string): Promise<boolean> {
	return mayManageProgrammes(ctx) && (await selectManaged(ctx, programmeId)) !== undefined;
}

async function findManaged(ctx: Context, programmeId: string) {
	const found = await selectManaged(ctx, programmeId);
	if (!found) throw new DomainError('not_found', 'catalogue.no_such_programme');
	return found;
}

async function selectManaged(ctx: Context, programmeId: string): Promise<{ unitId: string } | undefined> {
	const scope = authorise(ctx.actor, 'programme:manage');
	const [found] = await ctx.db
		.select({ unitId: programmes.unitId })
		.from(programmes)
		.innerJoin(units, eq(units.id, programmes.unitId))
		.where(and(eq(programmes.id, programmeId), isNull(programmes.retiredAt), inScope(units.path, scope)));
	return found;
}

async function insertVersion(
	ctx: Context,
	tx: Database,
	programmeId: string,
	number: number,
	{ courses, optional, number: _, ...facts }: ProgrammeInput
): Promise<void> {
	try {
		const [version] = await tx
			.insert(programmeVersions)
			.values({ ...facts, programmeId, number, recordedBy: accountIdOf(ctx.actor) })
			.returning({ id: programmeVersions.id });
		if (!version) throw new Error('version was not inserted');
		await tx.insert(programmeCourses).values(
			courses.map((courseId, position) => ({
				...{ versionId: version.id, courseId, position, isRequired: !optional.includes(courseId) }
			}))
		);
	} catch (error) {
		if (sqlState(error) === '23505') throw new DomainError('conflict', 'form.stale');
		if (sqlState(error) === '23503') throw new DomainError('invalid', 'form.choice');
		throw error;
	}
}

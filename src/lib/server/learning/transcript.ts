import { sql } from 'drizzle-orm';
import { listProgrammes } from '../catalogue/programmes.ts';
import { authorise } from '../identity/permissions.ts';
import { getPersonRow } from '../organisation/people-queries.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { listOwnParticipations } from '../training/queries.ts';
import { ownPersonId } from './own-class.ts';

type Completed = Awaited<ReturnType<typeof listOwnParticipations>>[number] & { completedOn: string };

/**
 * The actor's own transcript (hồ sơ học tập): completed classes with tiết per calendar year of completion, the newest year
 * first, and the standard programmes by how many of their required courses are done.
 */
export function getOwnTranscript(ctx: Context) {
	return transcriptOf(ctx, ownPersonId(ctx.actor));
}

/** The transcript of somebody on the actor's roster. @throws {DomainError} `not_found` outside the actor's units */
export async function getTranscriptOf(ctx: Context, personId: string) {
	await getPersonRow(ctx.db, authorise(ctx.actor, 'roster:read'), personId, today(ctx));
	return transcriptOf(ctx, personId);
}

/** Courses a person has completed, in whatever version and class. */
export async function completedCourses(db: Database, personId: string): Promise<ReadonlySet<string>> {
	const rows = await db.execute<{ course_id: string }>(sql`
		select distinct v.course_id from participation pt join person p on p.id = pt.person_id
			join training_activity a on a.id = pt.activity_id join course_version v on v.id = a.course_version_id
		where pt.voided_at is null and pt.completed_on is not null
			and coalesce(p.canonical_id, p.id) = (select coalesce(me.canonical_id, me.id) from person me where me.id = ${personId})`);
	return new Set(rows.map(({ course_id }) => course_id));
}

async function transcriptOf(ctx: Context, personId: string) {
	const [[person], rows, programmes, done] = await Promise.all([
		ctx.db.execute<{
			fullName: string;
			birthYear: number | null;
			unitName: string | null;
			position: string | null;
		}>(sql`
			select p.full_name as "fullName", coalesce(extract(year from p.birth_date)::int, p.birth_year) as "birthYear",
				f.position, (select v.name from unit_version v where v.unit_id = f.unit_id order by v.valid_from desc limit 1)
				as "unitName"
			from person p left join affiliation f on f.person_id = p.id and f.valid_from <= ${today(ctx)}::date
				and (f.valid_to is null or f.valid_to > ${today(ctx)}::date)
			where p.id = ${personId}`),
		listOwnParticipations(ctx.db, personId),
		listProgrammes(ctx),
		completedCourses(ctx.db, personId)
	]);
	const completed = rows
		.filter((row): row is Completed => row.completedOn !== null)
		.toSorted((a, b) => b.completedOn.localeCompare(a.completedOn));
	const years = Map.groupBy(completed, ({ completedOn }) => completedOn.slice(0, 4));
	return {
		person: person ?? { fullName: '', birthYear: null, unitName: null, position: null },
		printedOn: today(ctx),
		years: [...years].map(([year, classes]) => ({
			year,
			periods: classes.reduce((sum, { teachingPeriods }) => sum + teachingPeriods, 0),
			classes: classes.map(
				({ participationId, title, organiserName, mode, completedOn, teachingPeriods, documentNo }) => ({
					...{ id: participationId, title, organiserName, mode, completedOn, teachingPeriods, documentNo }
				})
			)
		})),
		programmes: programmes.flatMap(({ id, title, courses }) => {
			const required = courses.filter(({ isRequired }) => isRequired);
			const part = required.filter(({ courseId }) => done.has(courseId)).length;
			return part === 0 ? [] : [{ id, title, part, whole: required.length }];
		})
	};
}

import { listProgrammes, mayManageProgramme, mayManageProgrammes } from '../catalogue/programmes.ts';
import { can } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { completedCourses } from './transcript.ts';

/** Programmes in force; for a person of the roster with how many required courses are done. */
export async function getProgrammeList(ctx: Context) {
	const done = await doneBy(ctx);
	const programmes = await listProgrammes(ctx);
	return {
		mayManage: mayManageProgrammes(ctx),
		rows: programmes.map(({ courses, ...programme }) => ({
			...programme,
			courseCount: courses.length,
			periods: courses.reduce((sum, { teachingPeriods }) => sum + teachingPeriods, 0),
			own: done && {
				part: courses.filter(({ courseId, isRequired }) => isRequired && done.has(courseId)).length,
				whole: courses.filter(({ isRequired }) => isRequired).length
			}
		}))
	};
}

/** One programme with its courses and which of them the actor has completed. @throws {DomainError} `not_found` */
export async function getProgrammePage(ctx: Context, programmeId: string) {
	const [[programme], done, mayManage] = await Promise.all([
		listProgrammes(ctx, programmeId),
		doneBy(ctx),
		mayManageProgramme(ctx, programmeId)
	]);
	if (!programme) throw new DomainError('not_found', 'catalogue.no_such_programme');
	return {
		programme: {
			...programme,
			courses: programme.courses.map((course) => ({ ...course, isDone: done?.has(course.courseId) ?? null }))
		},
		mayManage,
		mayOpenClass: can(ctx.actor, 'training:manage')
	};
}

function doneBy({ db, actor }: Context): Promise<ReadonlySet<string> | null> {
	const personId = actor.kind === 'account' ? actor.personId : undefined;
	return personId ? completedCourses(db, personId) : Promise.resolve(null);
}

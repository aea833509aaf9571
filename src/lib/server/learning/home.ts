import { getCourseOutline } from '../catalogue/queries.ts';
import { listReadyRevisions } from '../lectures/queries.ts';
import type { Context } from '../platform/context.ts';
import { today } from '../platform/context.ts';
import { listOwnParticipations } from '../training/queries.ts';
import { lessonSize, type LessonSize } from './lesson-size.ts';
import { classAccess, ownPersonId, type ClassAccess, type CourseOutline } from './own-class.ts';
import { isLocked, lessonsOf } from './progress.ts';
import { listStandings, type LessonStanding } from './queries.ts';

/** A class of the learner's, as a card. */
export type ClassCard = Readonly<{
	participationId: string;
	title: string;
	organiser: string;
	startsOn: string;
	dueOn: string;
	access: ClassAccess;
	completedOn: string | null;
	lessonsDone: number;
	lessonsRequired: number;
}>;

/** The one thing to do next. */
export type NextLesson = Readonly<{
	participationId: string;
	lessonId: string;
	title: string;
	classTitle: string;
	dueOn: string;
	kind: string;
	minutes: number | null;
	size: LessonSize | null;
	hasBegun: boolean;
	savedAt: Date | null;
}>;

type OwnParticipation = Awaited<ReturnType<typeof listOwnParticipations>>[number];

/** One class with all that is known of the learner in it. */
type Standing = Readonly<{
	participation: OwnParticipation;
	access: ClassAccess;
	outline: CourseOutline;
	begun: ReadonlyMap<string, LessonStanding>;
	done: ReadonlySet<string>;
}>;

/** What a learner's first page shows: the next lesson, then the classes, most urgent first. */
export async function getLearnerHome(ctx: Context): Promise<{ next: NextLesson | null; classes: ClassCard[] }> {
	const standings = await listClassStandings(ctx);
	let next: NextLesson | null = null;
	for (const standing of standings) {
		next = await nextLesson(ctx, standing);
		if (next) break;
	}
	return { next, classes: standings.map(classCard) };
}

async function listClassStandings(ctx: Context): Promise<Standing[]> {
	const participations = await listOwnParticipations(ctx.db, ownPersonId(ctx.actor));
	const online = participations.filter((participation) => participation.courseVersionId);
	const lessons = await listStandings(
		ctx.db,
		online.map((participation) => participation.participationId)
	);
	const versionIds = [...new Set(online.map((participation) => participation.courseVersionId!))];
	const outlines = new Map(
		await Promise.all(versionIds.map(async (id) => [id, await getCourseOutline(ctx.db, id)] as const))
	);
	return online
		.toSorted((a, b) => rank(a) - rank(b) || a.dueOn.localeCompare(b.dueOn))
		.map((participation) => {
			const own = lessons.filter((lesson) => lesson.participationId === participation.participationId);
			return {
				participation,
				access: classAccess(participation, today(ctx)),
				outline: outlines.get(participation.courseVersionId!)!,
				begun: new Map(own.map((lesson) => [lesson.lessonId, lesson])),
				done: new Set(own.filter((lesson) => lesson.isComplete).map((lesson) => lesson.lessonId))
			};
		});
}

/** Classes still to be learned come before completed and ended ones. */
function rank({ completedOn, status }: OwnParticipation): number {
	return completedOn || !['planned', 'ongoing'].includes(status) ? 1 : 0;
}

function classCard({ participation, access, outline, done }: Standing): ClassCard {
	const required = lessonsOf(outline).filter((lesson) => lesson.isRequired);
	return {
		participationId: participation.participationId,
		title: participation.title,
		organiser: participation.organiserName,
		startsOn: participation.startsOn,
		dueOn: participation.dueOn,
		access,
		completedOn: participation.completedOn,
		lessonsDone: required.filter((lesson) => done.has(lesson.lessonId)).length,
		lessonsRequired: required.length
	};
}

async function nextLesson(ctx: Context, standing: Standing): Promise<NextLesson | null> {
	const { participation, access, outline, begun, done } = standing;
	if (access !== 'open' || participation.completedOn) return null;
	const open = lessonsOf(outline).filter((each) => !done.has(each.lessonId) && !isLocked(outline, each.lessonId, done));
	const lastBegun = open
		.filter((each) => begun.has(each.lessonId))
		.toSorted((a, b) => begun.get(b.lessonId)!.savedAt.getTime() - begun.get(a.lessonId)!.savedAt.getTime())[0];
	const lesson = lastBegun ?? open.find((each) => each.isRequired) ?? open[0];
	if (!lesson) return null;
	const [revision] = lesson.lectureId ? await listReadyRevisions(ctx.db, [lesson.lectureId]) : [];
	return {
		participationId: participation.participationId,
		lessonId: lesson.lessonId,
		title: lesson.title,
		classTitle: participation.title,
		dueOn: participation.dueOn,
		kind: lesson.kind,
		minutes: revision?.durationS ? Math.max(1, Math.round(revision.durationS / 60)) : lesson.minutes,
		size: revision ? lessonSize(revision) : null,
		hasBegun: lastBegun !== undefined,
		savedAt: lastBegun ? begun.get(lastBegun.lessonId)!.savedAt : null
	};
}

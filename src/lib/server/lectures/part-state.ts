import { and, eq, sql } from 'drizzle-orm';
import type { MediaPlan } from '#media-pipeline/plan.ts';
import type { Database } from '../platform/database.ts';
import type { LectureTarget } from './keys.ts';
import { isRevision } from './service.ts';
import { lectureParts, lectureRevisions } from './tables.ts';
import { SILENCE } from './transcode-state.ts';

/** The parts of one revision. */
const partsOf = ({ lectureId, revision }: LectureTarget) =>
	and(eq(lectureParts.lectureId, lectureId), eq(lectureParts.revision, revision));

/** Puts a plan and its parts down, all waiting. */
export async function keepPlan(tx: Database, target: LectureTarget, plan: MediaPlan): Promise<void> {
	await tx.update(lectureRevisions).set({ plan }).where(isRevision(target.lectureId, target.revision));
	await tx.delete(lectureParts).where(partsOf(target));
	const rows = plan.parts.map(({ weightS }, position) => ({ ...target, position, weightS }));
	await tx.insert(lectureParts).values(rows);
}

/** Forgets the parts of a revision; what is stored of them has to be removed too. */
export async function dropParts(db: Database, target: LectureTarget): Promise<void> {
	await db.delete(lectureParts).where(partsOf(target));
	await db.update(lectureRevisions).set({ plan: null }).where(isRevision(target.lectureId, target.revision));
}

/**
 * Takes the first part nobody is at, also from a run that has fallen silent. One statement: two workers never get the same.
 * @returns its place in the plan; undefined when all are taken or done, or the revision is no longer worked on
 */
export async function claimPart(
	db: Database,
	{ lectureId, revision }: LectureTarget,
	run: string
): Promise<number | undefined> {
	const [taken] = await db.execute<{ position: number }>(sql`
		update lecture_part set state = 'running', run = ${run}, share = 0, progress_at = now()
		where lecture_id = ${lectureId} and revision = ${revision} and position = (
			select position from lecture_part p
			where p.lecture_id = ${lectureId} and p.revision = ${revision}
				and (p.state = 'waiting' or p.state = 'running' and p.progress_at < now() - ${SILENCE}::interval)
				and exists (select from lecture_revision r where r.lecture_id = ${lectureId} and r.revision = ${revision}
					and r.state in ('probing', 'transcoding'))
			order by p.position limit 1 for update of p skip locked)
		returning position`);
	return taken?.position;
}

/** Says that a part is still worked on. @returns false when it is no longer this run's, or the revision was cancelled */
export async function reportPart(
	db: Database,
	{ lectureId, revision }: LectureTarget,
	{ position, run, share }: { position: number; run: string; share: number }
): Promise<boolean> {
	const rows = await db.execute(sql`
		update lecture_part set share = ${share}, progress_at = now()
		where lecture_id = ${lectureId} and revision = ${revision} and position = ${position} and run = ${run}
			and state = 'running' and exists (select from lecture_revision r where r.lecture_id = ${lectureId}
				and r.revision = ${revision} and r.state in ('probing', 'transcoding'))
		returning 1`);
	return rows.length > 0;
}

/**
 * A part is stored whole, or given back. A finished part is progress: what killed earlier runs is forgiven.
 * @returns false when another run has it by now
 */
export async function settlePart(
	db: Database,
	target: LectureTarget,
	{ position, run, state }: { position: number; run: string; state: 'waiting' | 'done' }
): Promise<boolean> {
	return db.transaction(async (tx) => {
		const settled = await tx
			.update(lectureParts)
			.set({ state, share: state === 'done' ? 1 : 0, run: null })
			.where(and(partsOf(target), eq(lectureParts.position, position), eq(lectureParts.run, run)))
			.returning({ position: lectureParts.position });
		if (settled.length === 0) return false;
		if (state === 'done') {
			const { lectureId, revision } = target;
			await tx.update(lectureRevisions).set({ attempts: 1 }).where(isRevision(lectureId, revision));
		}
		return true;
	});
}

/** How far a revision's parts are: the places of those that are done, and the share of all work, 0–1. */
export async function readParts(db: Database, target: LectureTarget): Promise<{ done: number[]; share: number }> {
	const rows = await db.select().from(lectureParts).where(partsOf(target));
	const weight = rows.reduce((sum, { weightS }) => sum + weightS, 0);
	return {
		done: rows.filter(({ state }) => state === 'done').map(({ position }) => position),
		share: weight > 0 ? rows.reduce((sum, { share, weightS }) => sum + share * weightS, 0) / weight : 0
	};
}

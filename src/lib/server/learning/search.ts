import { sql } from 'drizzle-orm';
import { likeContains, tidy } from '#lib/text/fold.ts';
import type { Context } from '../platform/context.ts';
import { today } from '../platform/context.ts';
import { listOwnParticipations } from '../training/queries.ts';
import { classAccess, ownPersonId } from './own-class.ts';

/** A sentence of a lecture that holds what was looked for. */
export type SpokenHit = Readonly<{
	participationId: string;
	lessonId: string;
	lessonTitle: string;
	/** Whole seconds from the start of the lecture. */
	atS: number;
	text: string;
}>;

const LEAST_CHARS = 2;
const MOST_HITS = 100;

/**
 * Looks through what is said in the lectures of the learner's own classes, with and without marks. Lessons that are not
 * open yet are left out, and captions that are hidden.
 * @returns in the order of the courses; nothing for less than two characters
 */
export async function searchTranscripts(ctx: Context, asked: string): Promise<SpokenHit[]> {
	const personId = ownPersonId(ctx.actor);
	const text = tidy(asked);
	if (text.length < LEAST_CHARS) return [];
	const own = (await listOwnParticipations(ctx.db, personId)).filter(
		(one) => one.courseVersionId && classAccess(one, today(ctx)) !== 'not_yet'
	);
	if (own.length === 0) return [];
	const rows = await ctx.db.execute<{
		participation_id: string;
		lesson_id: string;
		title: string;
		start_ms: number;
		text: string;
	}>(sql`
		select own.participation_id, l.lesson_id, l.title, c.start_ms, c.text
		from unnest(${sql.param(own.map((one) => one.participationId))}::uuid[],
			${sql.param(own.map((one) => one.courseVersionId))}::uuid[]) with ordinality
			as own(participation_id, version_id, place)
		join course_version v on v.id = own.version_id
		join module m on m.course_version_id = v.id
		join lesson_version l on l.module_id = m.id
		join caption k on k.lecture_id = l.lecture_id and k.state = 'published'
		join caption_cue c on c.lecture_id = k.lecture_id and c.language = k.language
		where fold(c.text) like ${likeContains(text)} and (
			not v.is_sequential
			or exists (select from lesson_progress p where p.participation_id = own.participation_id
				and p.lesson_id = l.lesson_id and p.completed_at is not null)
			or not exists (
				select from lesson_version b join module n on n.id = b.module_id
				where n.course_version_id = v.id and b.is_required and (n.position, b.position) < (m.position, l.position)
					and not exists (select from lesson_progress p where p.participation_id = own.participation_id
						and p.lesson_id = b.lesson_id and p.completed_at is not null)))
		order by own.place, m.position, l.position, c.start_ms
		limit ${MOST_HITS}`);
	return rows.map((row) => ({
		participationId: row.participation_id,
		lessonId: row.lesson_id,
		lessonTitle: row.title,
		atS: Math.floor(row.start_ms / 1000),
		text: row.text
	}));
}

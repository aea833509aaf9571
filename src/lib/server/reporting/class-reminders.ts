import { sql } from 'drizzle-orm';
import { notify } from '../notifications/notify.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';

/** Who was summoned to a class and has neither completed it nor been let off. */
const UNFINISHED = sql`pt.voided_at is null and pt.summoned_on is not null and pt.completed_on is null`;

/** Online classes that end on one of these days, with how many people have not completed them. */
export async function listUnfinished(db: Database, dueDays: readonly string[]) {
	const rows = await db.execute<{ objectId: string; title: string; dueOn: string; waiting: number }>(sql`
		select a.id as "objectId", a.title, a.due_on::text as "dueOn", count(pt.id)::int as waiting
		from training_activity a join participation pt on pt.activity_id = a.id and ${UNFINISHED}
		where a.status in ('planned', 'ongoing') and a.mode = 'online_self_paced'
			and a.due_on = any(${sql.param(`{${dueDays.join(',')}}`)}::date[])
		group by a.id order by a.title, a.id`);
	return [...rows];
}

/** Reminds them; the message opens the class. @returns how many had not been told of this occasion */
export async function remindUnfinished(ctx: Context, tx: Database, activityId: string): Promise<number> {
	const rows = await tx.execute<{ id: string; personId: string; title: string; dueOn: string }>(sql`
		select pt.id, pt.person_id as "personId", a.title, a.due_on::text as "dueOn"
		from training_activity a join participation pt on pt.activity_id = a.id and ${UNFINISHED}
		where a.id = ${activityId}::uuid order by pt.id`);
	const [first] = rows;
	if (!first) return 0;
	return notify(ctx, tx, {
		template: 'training.due_reminder',
		params: { className: first.title, dueOn: first.dueOn },
		to: rows.map(({ id, personId }) => ({ personId, path: `/learn/${id}` })),
		key: `training.due_reminder ${activityId} ${today(ctx)}`
	});
}

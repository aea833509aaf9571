import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { participations } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'participation.completed': { participationIds: string[] };
		'participation.completion_withdrawn': { participationIds: string[] };
	}
}

/** Participations of one job: a class of thousands is several. */
const PER_JOB = 500;

/**
 * Says that completions came about or were taken back (a correction, a person taken off a class), in the transaction of
 * that change. Modules further right act on it (certificates); entry/jobs.ts maps the jobs to them (docs/adr/0002).
 */
export async function tellCompletions(
	ctx: Context,
	tx: Database,
	event: 'participation.completed' | 'participation.completion_withdrawn',
	participationIds: readonly string[]
): Promise<void> {
	for (let i = 0; i < participationIds.length; i += PER_JOB) {
		await ctx.queue.send(tx, event, { participationIds: participationIds.slice(i, i + PER_JOB) });
	}
}

/** The same for whoever is or was on a class, as they stand now; for changes of whole lists. Without ids for everybody. */
export async function tellCompletionsIn(
	ctx: Context,
	tx: Database,
	activityId: string,
	personIds?: readonly string[]
): Promise<void> {
	const rows = await tx
		.select({
			id: participations.id,
			completedOn: participations.completedOn,
			voidedAt: participations.voidedAt
		})
		.from(participations)
		.where(
			and(
				eq(participations.activityId, activityId),
				personIds ? inArray(participations.personId, [...personIds]) : undefined
			)
		);
	const [stand, fell] = [rows.filter(stands), rows.filter((row) => !stands(row))];
	const ids = (some: typeof rows) => some.map(({ id }) => id);
	await tellCompletions(ctx, tx, 'participation.completed', ids(stand));
	await tellCompletions(ctx, tx, 'participation.completion_withdrawn', ids(fell));
}

const stands = ({ completedOn, voidedAt }: { completedOn: string | null; voidedAt: Date | null }) =>
	completedOn !== null && voidedAt === null;

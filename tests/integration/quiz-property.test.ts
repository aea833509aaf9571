import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { closeOverdue } from '#lib/server/assessment/close-overdue.ts';
import { attemptItems, attempts, sittings } from '#lib/server/assessment/paper-tables.ts';
import { saveAnswers } from '#lib/server/assessment/save-answers.ts';
import { startQuiz, submitQuiz } from '#lib/server/learning/quiz.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { anotherLearner } from '../support/learning-world.ts';
import { aQuizWorld } from '../support/quiz-world.ts';
import { as, at, NOW, test } from '../support/test.ts';

const LIMIT_MIN = 10;
const QUESTIONS = 3;

/** What can happen at one moment; what stands in one list happens at once. */
const event = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('save' as const),
			tab: fc.constantFrom(0, 1),
			position: fc.integer({ min: 1, max: QUESTIONS }),
			option: fc.integer({ min: 0, max: 3 })
		})
	},
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), which: fc.nat(20) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('submit' as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('start' as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('worker' as const) }) }
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;
const moment = fc.record({
	/** Seconds that pass before. */
	passes: fc.constantFrom(0, 1, 30, 240, 700),
	/** The web process is gone and another one answers. */
	isRestarted: fc.boolean(),
	events: fc.array(event, { minLength: 1, maxLength: 5 })
});

type Sent = { position: number; answer: string; sequence: number };

test('any interleaving of saves, repeats, submits, time-over, restarts and two tabs keeps one attempt, one grade and every acknowledged answer', async ({
	ctx,
	config
}) => {
	const world = await aQuizWorld(ctx, { settings: { timeLimitMin: LIMIT_MIN, attemptLimit: 1 } });
	const { lessonId } = world.place;
	await fc.assert(
		fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 8 }), async (moments) => {
			const person = await anotherLearner(ctx, world);
			const place = { participationId: person.participationId, lessonId };
			const actor = { ...person, kind: 'account', displayName: 'Trần Văn Hùng', grants: [] } as const;
			const { attemptId } = await startQuiz(as(ctx, actor), place);
			const sent: Sent[] = [];
			const acknowledged: Sent[] = [];
			/** What each tab believes the server holds, by position. */
			const known = [new Map<number, number>(), new Map<number, number>()];
			let final: unknown;
			let services = await openServices({ workers: false, max: 5, config });
			let seconds = 0;

			async function save(now: Context, answer: Sent, tab?: number): Promise<void> {
				const reply = await saveAnswers(now, { attemptId, personId: person.personId }, [answer]);
				for (const { sequence } of reply.saved) acknowledged.push({ ...answer, sequence });
				for (const { position, sequence } of [...reply.saved, ...reply.newer])
					if (tab !== undefined) known[tab]!.set(position, Math.max(sequence, known[tab]!.get(position) ?? 0));
			}

			async function happen(now: Context, each: Event): Promise<void> {
				switch (each.kind) {
					case 'save': {
						const sequence = (known[each.tab]!.get(each.position) ?? 0) + 1;
						const answer = { position: each.position, answer: `opt${each.option}`, sequence };
						sent.push(answer);
						return save(now, answer, each.tab);
					}
					case 'repeat':
						return sent.length > 0 ? save(now, sent[each.which % sent.length]!) : undefined;
					case 'submit':
						return submitQuiz(now, { ...place, attemptId });
					case 'start':
						return void (await startQuiz(now, place).catch((error: unknown) => {
							if (!isDomainError(error)) throw error; // the one attempt is over
						}));
					case 'worker':
						return void (await closeOverdue(now));
				}
			}

			try {
				for (const { passes, isRestarted, events } of moments) {
					seconds += passes;
					if (isRestarted) {
						await services.close();
						services = await openServices({ workers: false, max: 5, config });
					}
					const now = at(
						as({ ...ctx, db: services.pool.db, queue: services.queue.queue }, actor),
						new Date(NOW.getTime() + seconds * 1000)
					);
					await Promise.all(events.map((each) => happen(now, each)));
					final = await assertHolds(ctx, attemptId, acknowledged, final);
				}
				await closeOverdue(at(ctx, new Date(NOW.getTime() + 3_600_000)));
				expect(await assertHolds(ctx, attemptId, acknowledged, final)).toBeDefined();
			} finally {
				await services.close();
			}
		}),
		{ numRuns: 15, endOnFailure: true }
	);
});

/** @returns the attempt as it was handed in, which must never change; undefined while it is open */
async function assertHolds(
	ctx: Context,
	attemptId: string,
	acknowledged: readonly Sent[],
	before: unknown
): Promise<unknown> {
	const [attempt] = await ctx.db.select().from(attempts).where(eq(attempts.id, attemptId));
	const siblings = await ctx.db.select().from(attempts).where(eq(attempts.sittingId, attempt!.sittingId));
	expect(siblings).toHaveLength(1);
	const items = await ctx.db.select().from(attemptItems).where(eq(attemptItems.attemptId, attemptId));
	for (const { position, answer, sequence } of items) {
		const said = acknowledged.filter((each) => each.position === position);
		const newest = Math.max(0, ...said.map((each) => each.sequence));
		expect(sequence).toBe(newest);
		expect(said.filter((each) => each.sequence === newest).every((each) => each.answer === answer)).toBe(true);
	}
	if (!attempt!.submittedAt) return undefined;
	const [sitting] = await ctx.db.select().from(sittings).where(eq(sittings.id, attempt!.sittingId));
	const right = items.filter(({ answer }) => answer === 'opt1').length;
	expect([attempt!.score, sitting!.gradePercent]).toEqual([right, Math.round((right / QUESTIONS) * 10_000) / 100]);
	if (before) expect(attempt).toEqual(before);
	return attempt;
}

import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { ACTIVITY_KINDS, ACTIVITY_STATUSES } from '#lib/training/activity.ts';
import { qualifiesForOnline, qualifiesForTrained } from '#lib/training/qualifying.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { changeCountingRule } from '#lib/server/training/change-counting-rule.ts';
import { editClass, openClass } from '#lib/server/training/classes.ts';
import { completeParticipation } from '#lib/server/training/completion.ts';
import { currentRule } from '#lib/server/training/counting-rule.ts';
import { recomputeFirstCompletions } from '#lib/server/training/first-completion.ts';
import { compareDerived, recomputeDerived } from '#lib/server/training/derived.ts';
import { endClass } from '#lib/server/training/lifecycle.ts';
import { recordOutcomes } from '#lib/server/training/outcomes.ts';
import { attendeeCount, onlineCondition, trainedCondition } from '#lib/server/training/qualifying.ts';
import { restoreParticipation, summon, voidParticipation } from '#lib/server/training/summon.ts';
import { compactTallies } from '#lib/server/training/tallies.ts';
import { attendanceTallies, summonsTallies } from '#lib/server/training/tally-tables.ts';
import { aggregateResults, firstCompletions, participations, trainingActivities } from '#lib/server/training/tables.ts';
import { test } from '../support/test.ts';
import { aPerson, aProvince, classInput } from '../support/training-world.ts';

test(
	'the rule in SQL and the rule in the program agree on every kind of class',
	{ timeout: 120_000 },
	async ({ ctx }) => {
		const { commune } = await aProvince(ctx);
		const personId = await aPerson(ctx, commune);
		const rule = await currentRule(ctx.db);
		const Class = fc.record({
			source: fc.constantFrom('own' as const, 'external' as const),
			kind: fc.constantFrom(...ACTIVITY_KINDS),
			topics: fc.subarray(['digital_skills', 'land_law']),
			audience: fc.subarray(['legal_rapporteur', 'mediator', 'trainer']),
			status: fc.constantFrom(...ACTIVITY_STATUSES),
			documentNo: fc.constantFrom(null, '', '12/KH'),
			approver: fc.constantFrom(null, '', 'Chủ tịch UBND'),
			attendee: fc.constantFrom('nobody', 'summoned', 'attended', 'voided', 'numbers')
		});
		const classes = fc.sample(Class, { numRuns: 500, seed: 766 });
		const base = { organiserUnitId: commune.id, title: 'Lớp', mode: 'in_person' as const, teachingPeriods: 4 };
		for (const { attendee, ...facts } of classes) {
			const endedOn = ['ended', 'reported', 'locked'].includes(facts.status) ? '2026-05-02' : null;
			const [activity] = await ctx.db
				.insert(trainingActivities)
				.values({ ...base, ...facts, startsOn: '2026-05-01', dueOn: '2026-05-02', endedOn })
				.returning({ id: trainingActivities.id });
			const activityId = activity!.id;
			if (attendee === 'numbers') {
				const document = { documentNo: '3/BC', documentDate: '2026-05-03', completedOn: '2026-05-02' };
				const numbers = { unitId: commune.id, activityId, categoryCode: 'legal_rapporteur', trainedCount: 5 };
				await ctx.db.insert(aggregateResults).values({ ...document, ...numbers });
			} else if (attendee !== 'nobody') {
				const attendedOn = attendee === 'summoned' ? null : '2026-05-01';
				const voidedAt = attendee === 'voided' ? ctx.now : null;
				await ctx.db
					.insert(participations)
					.values({ personId, activityId, unitIdThen: commune.id, summonedOn: '2026-04-20', attendedOn, voidedAt });
			}
		}
		const rows = await ctx.db
			.select({
				activity: trainingActivities,
				attendeeCount: attendeeCount(),
				trained: sql<boolean>`coalesce(${trainedCondition(rule)}, false)`,
				online: sql<boolean>`coalesce(${onlineCondition(rule)}, false)`
			})
			.from(trainingActivities);
		expect(rows).toHaveLength(500);
		for (const row of rows) {
			const facts = { ...row.activity, attendeeCount: row.attendeeCount };
			expect([facts, row.trained, row.online]).toEqual([
				facts,
				qualifiesForTrained(facts, rule),
				qualifiesForOnline(facts, rule)
			]);
		}
		expect(rows.filter(({ online }) => online).length).toBeGreaterThan(3);
	}
);

/** What `first_completion` should hold, walked in the program and not in SQL. */
async function fromScratch(ctx: Context): Promise<unknown[]> {
	const rule = await currentRule(ctx.db);
	const rows = await ctx.db.execute<{
		id: string;
		person: string;
		completed_on: string;
		activity_id: string;
	}>(sql`select participation.id, coalesce(person.canonical_id, person.id) as person, completed_on::text, activity_id
		from participation join person on person.id = participation.person_id
		where completed_on is not null and participation.voided_at is null`);
	const activities = new Map((await ctx.db.select().from(trainingActivities)).map((row) => [row.id, row]));
	const first = new Map<string, { personId: string; year: number; completedOn: string; participationId: string }>();
	for (const row of rows) {
		const activity = activities.get(row.activity_id);
		if (!activity || !qualifiesForTrained({ ...activity, attendeeCount: 1 }, rule)) continue;
		const year = Number(row.completed_on.slice(0, 4));
		const key = `${row.person} ${year}`;
		const known = first.get(key);
		const isEarlier =
			!known ||
			row.completed_on < known.completedOn ||
			(row.completed_on === known.completedOn && row.id < known.participationId);
		if (isEarlier) {
			first.set(key, { personId: row.person, year, completedOn: row.completed_on, participationId: row.id });
		}
	}
	return [...first.values()].toSorted(byPersonAndYear);
}

const byPersonAndYear = (a: { personId: string; year: number }, b: { personId: string; year: number }) =>
	a.personId.localeCompare(b.personId) || a.year - b.year;

/** What the tallies add up to, and what they should. */
async function expectTalliesToHold(ctx: Context): Promise<void> {
	const sums = (rows: readonly (readonly [string, number])[]) => {
		const found = new Map<string, number>();
		for (const [key, n] of rows) found.set(key, (found.get(key) ?? 0) + n);
		return [...found].filter(([, n]) => n !== 0).toSorted(([a], [b]) => a.localeCompare(b));
	};
	const month = (day: string | null) => day && `${day.slice(0, 7)}-01`;
	const rows = (await ctx.db.select().from(participations)).filter(({ voidedAt }) => voidedAt === null);
	const attended = await ctx.db.select().from(attendanceTallies);
	expect(sums(attended.map((row) => [row.activityId, row.attendees]))).toEqual(
		sums(rows.filter((row) => row.attendedOn ?? row.completedOn).map((row) => [row.activityId, 1]))
	);
	const summoned = await ctx.db.select().from(summonsTallies);
	expect(sums(summoned.map((row) => [`${row.unitId} ${row.summonedMonth} ${row.completedMonth}`, row.people]))).toEqual(
		sums(
			rows
				.filter((row) => row.summonedOn)
				.map((row) => [`${row.unitIdThen} ${month(row.summonedOn)} ${month(row.completedOn)}`, 1])
		)
	);
}

type Step = {
	do: 'summon' | 'complete' | 'correct' | 'void' | 'restore' | 'edit' | 'rule' | 'merge' | 'end' | 'compact';
	a: number;
	b: number;
	day: string;
};

const STEP = fc.record({
	do: fc.constantFrom<Step['do'][]>(
		...([
			'summon',
			'summon',
			'complete',
			'complete',
			'complete',
			'correct',
			'void',
			'restore',
			'edit',
			'rule',
			'merge',
			'end',
			'compact'
		] as const)
	),
	a: fc.nat(5),
	b: fc.nat(5),
	day: fc.constantFrom('2025-12-30', '2026-02-01', '2026-11-19')
});

test(
	'after any history the derived first completions and tallies equal those computed from scratch',
	{ timeout: 240_000 },
	async ({ ctx }) => {
		const { commune } = await aProvince(ctx);
		const people: string[] = [];
		for (let i = 0; i < 6; i++) people.push(await aPerson(ctx, commune, `Người số ${'abcdef'[i]}`));
		const classes: string[] = [];
		for (let i = 0; i < 4; i++) {
			const dates = { startsOn: '2025-12-01', dueOn: '2026-12-31', title: `Lớp ${i}` };
			classes.push((await openClass(ctx, classInput(commune, null, dates))).activityId);
		}
		await fc.assert(
			fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 25 }), async (steps) => {
				for (const step of steps) await take(ctx, step, people, classes);
				const derived = await ctx.db.select().from(firstCompletions);
				expect(derived.toSorted(byPersonAndYear)).toEqual(await fromScratch(ctx));
				await expectTalliesToHold(ctx);
			}),
			{ numRuns: 25, seed: 184, endOnFailure: true }
		);
	}
);

/** One step of a history; refusals by a rule are part of it. */
async function take(ctx: Context, step: Step, people: string[], classes: string[]): Promise<void> {
	const activityId = classes[step.a % classes.length]!;
	const rows = await ctx.db.select().from(participations).where(eq(participations.activityId, activityId));
	const row = rows[step.b % Math.max(1, rows.length)];
	try {
		switch (step.do) {
			case 'summon':
				return void (await summon(ctx, { activityId, personIds: [people[step.b % people.length]!] }));
			case 'complete':
				if (row) await ctx.db.transaction((tx) => completeParticipation(ctx, tx, row.id, step.day));
				return;
			case 'correct':
				if (!row) return;
				return await recordOutcomes(ctx, activityId, {
					participationIds: [row.id],
					outcome: step.b % 2 ? 'completed' : 'not_completed',
					day: step.day,
					attendedPeriods: null,
					reason: 'Sửa'
				});
			case 'void':
				if (row) await voidParticipation(ctx, { participationId: row.id, reason: 'Nhầm' });
				return;
			case 'restore':
				if (row) await restoreParticipation(ctx, row.id);
				return;
			case 'edit': {
				const [before] = await ctx.db.select().from(trainingActivities).where(eq(trainingActivities.id, activityId));
				const change =
					step.b % 2 ? { documentNo: null } : { kind: step.b % 4 ? ('training' as const) : ('seminar' as const) };
				const facts = classInput(commune0, null, { startsOn: '2025-12-01', dueOn: '2026-12-31', ...change });
				return await editClass(ctx, activityId, { ...facts, version: before!.version });
			}
			case 'rule':
				return await changeCountingRule(ctx, {
					...(await currentRule(ctx.db)),
					countedKinds: step.b % 2 ? ['training', 'refresher'] : ['training', 'refresher', 'seminar']
				});
			case 'merge': {
				const [keep, other] = [people[step.a % 3]!, people[3 + (step.b % 3)]!];
				const canonical = step.b % 2 ? keep : null;
				return await ctx.db.transaction(async (tx) => {
					const [before] = await tx.execute<{ canonical_id: string | null }>(
						sql`select canonical_id from person where id = ${other}`
					);
					await tx.execute(sql`update person set canonical_id = ${canonical} where id = ${other}`);
					const personIds = [other, keep, ...(before?.canonical_id ? [before.canonical_id] : [])];
					await recomputeFirstCompletions(tx, { personIds });
				});
			}
			case 'compact':
				return await compactTallies(ctx);
			case 'end':
				return await endClass(ctx, activityId, step.day);
		}
	} catch (error) {
		if (!(error instanceof Error) || error.name !== 'DomainError') throw error;
	}
}

const commune0 = { id: '', path: '', name: '' };

test('completions of one person in several classes at once leave the earliest day', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const ids: string[] = [];
	for (let i = 0; i < 5; i++) {
		const { activityId } = await openClass(ctx, classInput(commune, null, { title: `Lớp ${i}` }));
		await summon(ctx, { activityId, personIds: [personId] });
		const [row] = await ctx.db.select().from(participations).where(eq(participations.activityId, activityId));
		ids.push(row!.id);
	}
	await Promise.all(
		ids.map((id, i) => ctx.db.transaction((tx) => completeParticipation(ctx, tx, id, `2026-11-1${5 - i}`)))
	);
	expect(await ctx.db.select().from(firstCompletions)).toEqual([
		{ personId, year: 2026, completedOn: '2026-11-11', participationId: ids[4] }
	]);
});

test('entries of one class at once do not wait for each other, nor for the job that compacts', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const { activityId } = await openClass(ctx, classInput(commune, null));
	const people: string[] = [];
	for (let i = 0; i < 12; i++) people.push(await aPerson(ctx, commune, `Người số ${'abcdefghijkl'[i]}`));
	await Promise.all([
		...people.map((personId) =>
			ctx.db.insert(participations).values({
				personId,
				activityId,
				unitIdThen: commune.id,
				summonedOn: '2026-11-01',
				attendedOn: '2026-11-02'
			})
		),
		compactTallies(ctx),
		compactTallies(ctx)
	]);
	await compactTallies(ctx);
	await expectTalliesToHold(ctx);
	expect(await ctx.db.select().from(attendanceTallies)).toEqual([{ activityId, attendees: 12 }]);
	await ctx.db.execute(sql`truncate participation cascade`);
	await expectTalliesToHold(ctx);
});

test('a completion while its person is being merged counts for the kept one', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const [keptId, mergedId] = [await aPerson(ctx, commune), await aPerson(ctx, commune, 'Trần Thị Bình')];
	const ids: string[] = [];
	for (const personId of [keptId, mergedId]) {
		const { activityId } = await openClass(ctx, classInput(commune, null, { title: `Lớp của ${personId}` }));
		await summon(ctx, { activityId, personIds: [personId] });
		const [row] = await ctx.db.select().from(participations).where(eq(participations.activityId, activityId));
		ids.push(row!.id);
	}
	const complete = (id: string, day: string) => ctx.db.transaction((tx) => completeParticipation(ctx, tx, id, day));
	await complete(ids[0]!, '2026-11-15');
	let completing: Promise<unknown> = Promise.resolve();
	await ctx.db.transaction(async (tx) => {
		await tx.execute(sql`update person set canonical_id = ${keptId} where id = ${mergedId}`);
		await recomputeFirstCompletions(tx, { personIds: [keptId, mergedId] });
		completing = complete(ids[1]!, '2026-11-10');
		await setTimeout(300); // it waits for the merger by then
	});
	await completing;
	expect(await ctx.db.select().from(firstCompletions)).toEqual([
		{ personId: keptId, year: 2026, completedOn: '2026-11-10', participationId: ids[1] }
	]);
});

test('derived rows that somebody changed behind the triggers are noticed and written anew', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const [activity] = await ctx.db
		.insert(trainingActivities)
		.values({
			...{ organiserUnitId: commune.id, title: 'Lớp', kind: 'training', mode: 'in_person', documentNo: '1/KH' },
			...{ teachingPeriods: 4, startsOn: '2026-05-01', dueOn: '2026-05-02', status: 'ended', endedOn: '2026-05-02' }
		})
		.returning({ id: trainingActivities.id });
	await ctx.db.insert(participations).values({
		...{ personId, activityId: activity!.id, unitIdThen: commune.id, summonedOn: '2026-04-20' },
		...{ attendedOn: '2026-05-01', completedOn: '2026-05-02', completedRecordedAt: ctx.now }
	});
	await ctx.db.transaction((tx) => recomputeFirstCompletions(tx, 'all'));
	const none = { attendance: 0, summons: 0, roster: 0, firstCompletions: 0 };
	expect(await compareDerived(ctx.db)).toEqual(none);
	await ctx.db.execute(sql`update attendance_tally set attendees = attendees + 1`);
	await ctx.db.execute(sql`update summons_tally set completed_month = null`);
	await ctx.db.execute(sql`delete from roster_segment`);
	await ctx.db.execute(sql`update first_completion set completed_on = completed_on - 1`);
	expect(await compareDerived(ctx.db)).toEqual({ attendance: 2, summons: 2, roster: 1, firstCompletions: 2 });
	await ctx.db.transaction(recomputeDerived);
	expect(await compareDerived(ctx.db)).toEqual(none);
});

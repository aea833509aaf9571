import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Actor } from '#lib/server/identity/actor.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { getClassSurvey, getSlips } from '#lib/server/surveys/class-results.ts';
import { drawForm, getOwnForm, makeSlips } from '#lib/server/surveys/forms.ts';
import { getSurveyOverview } from '#lib/server/surveys/overview.ts';
import { rateUnit } from '#lib/server/surveys/rate.ts';
import { answerForm } from '#lib/server/surveys/respond.ts';
import { participations, trainingActivities } from '#lib/server/training/tables.ts';
import { as, at, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

const GOOD = { content: 4, lecturer: 5, material: 4, organisation: 3, overall: 5, comment: 'Rất thiết thực' };

const learner = (personId: string): Actor => ({
	kind: 'account',
	accountId: personId,
	personId,
	displayName: 'Học viên',
	grants: []
});

/** A class in person that six people attended. */
async function anAttendedClass(ctx: Context, unit: TestUnit) {
	const activityId = await aClass(ctx, unit, { mode: 'in_person', lecturers: 'Bà Trần Thị Lan; ông Lê Văn Ba' });
	const personIds: string[] = [];
	for (let i = 0; i < 6; i++) personIds.push(await aPerson(ctx, unit, `Nguyễn Văn ${'ABCDEG'[i]}`));
	await ctx.db
		.insert(participations)
		.values(personIds.map((personId) => ({ personId, activityId, unitIdThen: unit.id, attendedOn: '2026-11-18' })));
	return { activityId, personIds };
}

test('one form each, taken once, shown from five on, and nothing ties it to its holder', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const { activityId, personIds } = await anAttendedClass(ctx, commune);
	const head = as(ctx, anActor('unit_admin', commune));
	const tokens: string[] = [];
	for (const personId of personIds.slice(0, 3)) tokens.push(await drawForm(as(ctx, learner(personId)), activityId));
	await expect(drawForm(as(ctx, learner(personIds[0]!)), activityId)).rejects.toMatchObject({
		code: 'surveys.already_drawn'
	});
	expect((await getOwnForm(as(ctx, learner(personIds[0]!)), activityId)).state).toBe('drawn');
	expect(await makeSlips(head, activityId, { whom: 'attended' })).toBe(3);
	const { tokens: slips } = await getSlips(head, activityId);
	expect((await getSlips(head, activityId)).tokens).toEqual(slips); // a lost sheet prints again
	for (const token of [...tokens, slips[0]!]) await answerForm(ctx, token.toLowerCase(), GOOD);
	await expect(answerForm(ctx, tokens[0]!, GOOD)).rejects.toMatchObject({ code: 'surveys.used' });
	await expect(answerForm(ctx, `${slips[1]!.slice(0, -1)}0`, GOOD)).rejects.toMatchObject({ code: 'surveys.no_form' });
	const few = await getClassSurvey(head, activityId);
	expect([few.issued, few.returned, few.share, few.comments]).toEqual([6, 4, null, []]);
	await answerForm(ctx, slips[1]!, { ...GOOD, overall: 2, comment: null });
	const shown = await getClassSurvey(head, activityId);
	expect(shown.share).toEqual({ part: 4, whole: 5 });
	expect(shown.comments).toHaveLength(4);
	expect(shown.isSampleEnough).toBe(false);
	await expect(getClassSurvey(as(ctx, anActor('unit_head', otherCommune)), activityId)).rejects.toMatchObject({
		kind: 'not_found'
	});
	const columns = await ctx.db.execute<{ name: string }>(sql`select column_name as name from information_schema.columns
		where table_name in ('survey_response', 'survey_ticket') order by 1`);
	expect([...new Set(columns.map(({ name }) => name))]).toEqual(
		['activity_id', 'channel', 'comment', 'content', 'id', 'lecturer', 'material', 'organisation', 'overall']
			.concat(['participation_id', 'token_hash'])
			.toSorted()
	);
});

test('a year by unit and lecturer; citizens stand apart; a class closes in time', async ({ ctx }) => {
	const { commune, province } = await aProvince(ctx);
	const { activityId, personIds } = await anAttendedClass(ctx, commune);
	for (const personId of personIds) await answerForm(ctx, await drawForm(as(ctx, learner(personId)), activityId), GOOD);
	await ctx.db
		.update(trainingActivities)
		.set({ status: 'ended', endedOn: '2026-11-18' })
		.where(eq(trainingActivities.id, activityId));
	const rating = { unitId: commune.id, audience: 'citizen' as const, comment: null, website: '' };
	await rateUnit({ ...ctx, clientAddress: '203.0.113.7' }, { ...rating, level: 4 });
	await rateUnit({ ...ctx, clientAddress: '203.0.113.7' }, { ...rating, level: 1 });
	await rateUnit(ctx, { ...rating, level: 1, website: 'https://spam.example' });
	const page = await getSurveyOverview(as(ctx, anActor('province_admin', province)), { year: 2026 });
	expect(page.summary).toEqual({
		trainee: { issued: 6, returned: 6, levels: [0, 0, 0, 0, 6] },
		citizen: { issued: null, returned: 2, levels: [1, 0, 0, 1, 0] },
		business: { issued: null, returned: 0, levels: [0, 0, 0, 0, 0] }
	});
	expect(page.lecturers.map(({ name, share }) => [name, share])).toEqual([
		['Bà Trần Thị Lan', { part: 6, whole: 6 }],
		['ông Lê Văn Ba', { part: 6, whole: 6 }]
	]);
	expect(page.units).toMatchObject([{ name: 'Xã Yên Lâm', classes: 1, returned: 6 }]);
	const late = at(ctx, '2027-02-01T08:00:00+07:00');
	expect((await getOwnForm(as(late, learner(personIds[0]!)), activityId)).state).toBe('closed');
	await expect(makeSlips(late, activityId, { whom: 'listed' })).rejects.toMatchObject({ code: 'surveys.closed' });
});

test('one connection cannot rate without end', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const from = { ...ctx, clientAddress: '203.0.113.7' };
	const rating = { unitId: commune.id, audience: 'citizen' as const, level: 5, comment: null, website: '' };
	for (let i = 0; i < 20; i++) await rateUnit(from, rating);
	await expect(rateUnit(from, rating)).rejects.toMatchObject({ code: 'surveys.too_many_ratings' });
	await rateUnit({ ...ctx, clientAddress: '203.0.113.8' }, rating);
});

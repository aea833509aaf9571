import { and, eq, isNull, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEvents } from '#lib/server/audit/tables.ts';
import { affiliations } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openClass, editClass } from '#lib/server/training/classes.ts';
import { completeParticipation } from '#lib/server/training/completion.ts';
import { cancelClass, endClass, moveClass, reopenClass } from '#lib/server/training/lifecycle.ts';
import { recordOutcomes } from '#lib/server/training/outcomes.ts';
import { getOwnParticipation, listOwnParticipations } from '#lib/server/training/queries.ts';
import { restoreParticipation, summon, voidParticipation } from '#lib/server/training/summon.ts';
import { firstCompletions, participations, trainingActivities } from '#lib/server/training/tables.ts';
import { as, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince, aPublishedCourse, classInput } from '../support/training-world.ts';

async function onlyParticipation(ctx: Context, activityId: string) {
	const rows = await ctx.db
		.select()
		.from(participations)
		.where(and(eq(participations.activityId, activityId), isNull(participations.voidedAt)));
	expect(rows).toHaveLength(1);
	return rows[0]!;
}

const complete = (ctx: Context, id: string, day: string) =>
	ctx.db.transaction((tx) => completeParticipation(ctx, tx, id, day));

test('fifty summonses of one person at once put that person on the class once', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const activityId = await aClass(ctx, commune);
	const results = await Promise.all(
		Array.from({ length: 50 }, () => summon(ctx, { activityId, personIds: [personId, personId] }))
	);
	expect(results.filter(({ summoned }) => summoned === 1)).toHaveLength(1);
	expect(results.filter(({ alreadyOn }) => alreadyOn === 1)).toHaveLength(49);
	const row = await onlyParticipation(ctx, activityId);
	expect(row).toMatchObject({ personId, unitIdThen: commune.id, summonedOn: '2026-11-20', completedOn: null });
	const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.action, 'participation.summoned'));
	expect(events).toHaveLength(1);
});

test('a unit admin opens classes and summons people of the own units only', async ({ ctx }) => {
	const { department, commune, otherCommune } = await aProvince(ctx);
	const stranger = await aPerson(ctx, otherCommune);
	const own = await aPerson(ctx, commune, 'Trần Thị Bình');
	const version = await aPublishedCourse(ctx, department);
	const admin = as(ctx, anActor('unit_admin', commune));
	const { activityId } = await openClass(admin, classInput(commune, version));
	await expect(openClass(admin, classInput(otherCommune, version))).rejects.toMatchObject({ kind: 'not_found' });
	await expect(summon(admin, { activityId, personIds: [own, stranger] })).rejects.toMatchObject({
		code: 'training.person_out_of_scope'
	});
	expect(await summon(admin, { activityId, personIds: [own] })).toEqual({ summoned: 1, alreadyOn: 0 });
	const neighbour = as(ctx, anActor('unit_admin', otherCommune));
	await expect(summon(neighbour, { activityId, personIds: [stranger] })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(endClass(neighbour, activityId, '2026-11-20')).rejects.toMatchObject({ kind: 'not_found' });
	const head = as(ctx, anActor('unit_head', commune));
	await expect(summon(head, { activityId, personIds: [own] })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(openClass(as(ctx, { kind: 'anonymous' }), classInput(commune, version))).rejects.toMatchObject({
		kind: 'unauthenticated'
	});
});

test('a class is held on published courses only', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const version = await aPublishedCourse(ctx, commune);
	await ctx.db.execute(sql`update course_version set status = 'in_review' where id = ${version}`);
	await expect(openClass(ctx, classInput(commune, version))).rejects.toMatchObject({
		code: 'training.course_not_published'
	});
});

test('a transfer leaves the class with the unit of the time', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const activityId = await aClass(ctx, commune);
	await summon(ctx, { activityId, personIds: [personId] });
	await ctx.db.update(affiliations).set({ validTo: '2026-11-21' }).where(eq(affiliations.personId, personId));
	await ctx.db.insert(affiliations).values({ personId, unitId: otherCommune.id, validFrom: '2026-11-21' });
	const { id } = await onlyParticipation(ctx, activityId);
	await complete(ctx, id, '2026-11-25');
	expect(await onlyParticipation(ctx, activityId)).toMatchObject({ unitIdThen: commune.id });
});

test('twenty completions at once complete a participation once, and the trained share moves with it', async ({
	ctx
}) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const activityId = await aClass(ctx, commune);
	await summon(ctx, { activityId, personIds: [personId] });
	const { id } = await onlyParticipation(ctx, activityId);
	const results = await Promise.all(Array.from({ length: 20 }, () => complete(ctx, id, '2026-11-20')));
	expect(results.filter(Boolean)).toHaveLength(1);
	expect(await complete(ctx, id, '2026-11-29')).toBe(false);
	expect(await onlyParticipation(ctx, activityId)).toMatchObject({
		completedOn: '2026-11-20',
		attendedOn: '2026-11-20',
		outcome: 'completed'
	});
	expect(await ctx.db.select().from(firstCompletions)).toEqual([
		{ personId, year: 2026, completedOn: '2026-11-20', participationId: id }
	]);
	const events = await ctx.db.select().from(auditEvents).where(eq(auditEvents.action, 'participation.completed'));
	expect(events).toHaveLength(1);
});

test('a voided participation stops counting, a new summons starts anew, and the old one can only come back alone', async ({
	ctx
}) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const activityId = await aClass(ctx, commune);
	await summon(ctx, { activityId, personIds: [personId] });
	const first = await onlyParticipation(ctx, activityId);
	await complete(ctx, first.id, '2026-11-20');
	await voidParticipation(ctx, { participationId: first.id, reason: 'Nhầm người' });
	expect(await ctx.db.select().from(firstCompletions)).toEqual([]);
	await summon(ctx, { activityId, personIds: [personId] });
	const second = await onlyParticipation(ctx, activityId);
	expect(second.id).not.toBe(first.id);
	await expect(restoreParticipation(ctx, first.id)).rejects.toMatchObject({ code: 'training.already_summoned' });
	await voidParticipation(ctx, { participationId: second.id, reason: 'Khôi phục bản ghi cũ' });
	await restoreParticipation(ctx, first.id);
	expect(await onlyParticipation(ctx, activityId)).toMatchObject({ id: first.id, completedOn: '2026-11-20' });
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(1);
});

test('a class goes from planned to locked, each step by those who may', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const activityId = await aClass(ctx, commune, { startsOn: '2026-11-25' });
	const admin = as(ctx, anActor('unit_admin', commune));
	const head = as(ctx, anActor('unit_head', commune));
	const statusNow = async () =>
		(await ctx.db.select().from(trainingActivities).where(eq(trainingActivities.id, activityId)))[0]?.status;
	expect(await statusNow()).toBe('planned');
	await expect(endClass(admin, activityId, '2026-11-20')).rejects.toMatchObject({
		code: 'training.ended_before_start'
	});
	await moveClass(admin, activityId, 'begin');
	await editClass(admin, activityId, { ...classInput(commune, null), mode: 'online_self_paced', version: 2 });
	await expect(endClass(admin, activityId, '2026-11-21')).rejects.toMatchObject({ code: 'form.date_future' });
	await endClass(admin, activityId, '2026-11-19');
	await expect(moveClass(admin, activityId, 'report')).rejects.toMatchObject({ kind: 'forbidden' });
	await reopenClass(admin, activityId, 'Ghi nhầm ngày kết thúc');
	await endClass(admin, activityId, '2026-11-20');
	await moveClass(head, activityId, 'report');
	await expect(cancelClass(admin, activityId, 'Không còn cần')).rejects.toMatchObject({
		code: 'training.status_moved_on'
	});
	await expect(moveClass(head, activityId, 'lock')).rejects.toMatchObject({ kind: 'forbidden' });
	await moveClass(as(ctx, anActor('province_admin', province)), activityId, 'lock');
	expect(await statusNow()).toBe('locked');
});

test('ending says what became of everyone, never before a completion, and a class with completions is not cancelled', async ({
	ctx
}) => {
	const { commune } = await aProvince(ctx);
	const people = [await aPerson(ctx, commune), await aPerson(ctx, commune, 'Lê Thị Cúc')];
	const activityId = await aClass(ctx, commune);
	await summon(ctx, { activityId, personIds: people });
	const rows = await ctx.db.select().from(participations).where(eq(participations.activityId, activityId));
	await complete(ctx, rows[0]!.id, '2026-11-20');
	await expect(cancelClass(ctx, activityId, 'Không mở nữa')).rejects.toMatchObject({
		code: 'training.has_completions'
	});
	await expect(endClass(ctx, activityId, '2026-11-19')).rejects.toMatchObject({
		code: 'training.ended_before_completion'
	});
	await endClass(ctx, activityId, '2026-11-20');
	const outcomes = await ctx.db.select().from(participations).where(eq(participations.activityId, activityId));
	expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['absent', 'completed']);
	await expect(summon(ctx, { activityId, personIds: people })).rejects.toMatchObject({ code: 'training.class_closed' });
});

test('of two admins who edit one class, the second is told', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const activityId = await aClass(ctx, commune);
	const edit = (title: string) =>
		editClass(ctx, activityId, { ...classInput(commune, null, { title }), mode: 'online_self_paced', version: 1 });
	const results = await Promise.allSettled([edit('Lớp một'), edit('Lớp hai')]);
	expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	const refused = results.find((result) => result.status === 'rejected');
	expect(refused?.reason).toMatchObject({ code: 'form.stale', kind: 'conflict' });
});

test('losing its document takes a class out of the figures, and getting it back brings them back', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const activityId = await aClass(ctx, commune);
	await summon(ctx, { activityId, personIds: [personId] });
	await complete(ctx, (await onlyParticipation(ctx, activityId)).id, '2026-11-20');
	const edit = (documentNo: string | null, version: number) =>
		editClass(ctx, activityId, { ...classInput(commune, null, { documentNo }), mode: 'online_self_paced', version });
	await edit(null, 1);
	expect(await ctx.db.select().from(firstCompletions)).toEqual([]);
	await edit('15/KH-UBND', 2);
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(1);
});

test('an outcome can be corrected with a reason, and nobody is declared through a self-paced course', async ({
	ctx
}) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const { activityId } = await openClass(ctx, classInput(commune, null));
	await summon(ctx, { activityId, personIds: [personId] });
	const { id } = await onlyParticipation(ctx, activityId);
	const say = (
		outcome: 'completed' | 'absent',
		day: string | null,
		reason: string | null = null,
		attendedPeriods: number | null = null
	) => recordOutcomes(ctx, activityId, { participationIds: [id], outcome, day, reason, attendedPeriods });
	await expect(say('completed', '2026-11-21')).rejects.toMatchObject({ code: 'form.date_future' });
	await expect(say('completed', '2026-11-01')).rejects.toMatchObject({ code: 'training.day_outside_class' });
	await expect(say('completed', '2026-11-12', null, 6.3)).rejects.toMatchObject({
		code: 'training.attendance_too_short'
	});
	await say('completed', '2026-11-12', null, 6.4);
	await say('completed', '2026-11-10');
	expect(await onlyParticipation(ctx, activityId)).toMatchObject({
		completedOn: '2026-11-10',
		attendedOn: '2026-11-10'
	});
	await expect(say('absent', null)).rejects.toMatchObject({ code: 'training.reason_needed' });
	await say('absent', null, 'Ký thay');
	expect(await ctx.db.select().from(firstCompletions)).toEqual([]);
	const online = await aClass(ctx, commune);
	await summon(ctx, { activityId: online, personIds: [personId] });
	await expect(
		recordOutcomes(ctx, online, {
			participationIds: [(await onlyParticipation(ctx, online)).id],
			outcome: 'completed',
			day: '2026-11-20',
			attendedPeriods: null,
			reason: null
		})
	).rejects.toMatchObject({ code: 'training.self_paced_by_learning' });
});

test('people see their own classes, also those of a row merged into theirs, and nobody else’s', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const me = await aPerson(ctx, commune);
	const doubled = await aPerson(ctx, commune, 'Nguyễn Văn Ân');
	const other = await aPerson(ctx, commune, 'Lê Văn Cường');
	const activityId = await aClass(ctx, commune);
	await summon(ctx, { activityId, personIds: [doubled] });
	const { id } = await onlyParticipation(ctx, activityId);
	expect(await listOwnParticipations(ctx.db, me)).toEqual([]);
	await ctx.db.execute(sql`update person set canonical_id = ${me} where id = ${doubled}`);
	expect(await listOwnParticipations(ctx.db, me)).toMatchObject([
		{ participationId: id, activityId, status: 'ongoing', organiserName: 'Xã Yên Lâm', startsOn: '2026-11-02' }
	]);
	expect(await getOwnParticipation(ctx.db, me, id)).toMatchObject({ title: 'Lớp kỹ năng số quý IV' });
	expect(await getOwnParticipation(ctx.db, other, id)).toBeUndefined();
});

import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { expect } from 'vitest';
import { ANONYMOUS, type Actor } from '#lib/server/identity/actor.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { checkIn, findNames, readCode } from '#lib/server/training/attendance/check-in.ts';
import { checkInSelf, noteWalkIn, readOwnPlace } from '#lib/server/training/attendance/check-in-others.ts';
import { markAttendance } from '#lib/server/training/attendance/mark.ts';
import { matchMeetingReport } from '#lib/server/training/attendance/match-meeting.ts';
import { getAttendancePage } from '#lib/server/training/attendance/page.ts';
import { closeWindow, openWindow, readWall } from '#lib/server/training/attendance/windows.ts';
import { sessionAttendances } from '#lib/server/training/attendance-tables.ts';
import { bringList } from '#lib/server/training/list-import/bring-list.ts';
import { confirmCandidates } from '#lib/server/training/list-import/confirm-candidates.ts';
import { getCandidatesPage } from '#lib/server/training/list-import/pages.ts';
import { activitySessions } from '#lib/server/training/register-tables.ts';
import { addSession, voidSession } from '#lib/server/training/sessions.ts';
import { summon } from '#lib/server/training/summon.ts';
import { firstCompletions, participations } from '#lib/server/training/tables.ts';
import { as, at, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince } from '../support/training-world.ts';

const MORNING = '2026-11-20T08:05:00+07:00';
const AFTERNOON = '2026-11-20T13:35:00+07:00';
const ORIGIN = 'https://hoc.minhhoa.gov.vn';
const sitting = (from: string, to: string) => ({
	...{ day: '2026-11-20', from, to, teachingPeriods: 4, title: null, place: null, meetingUrl: null, lecturers: null }
});

/** A class of one day with a sitting of 210 minutes in the morning and one of 60 in the afternoon. */
async function aClassDay(ctx: Context) {
	const world = await aProvince(ctx);
	const organiser = as(ctx, anActor('unit_admin', world.department));
	const activityId = await aClass(organiser, world.department, {
		...{ mode: 'in_person', courseVersionId: null, startsOn: '2026-11-20', dueOn: '2026-11-21' }
	});
	await addSession(organiser, activityId, sitting('08:00', '11:30'));
	await addSession(organiser, activityId, sitting('13:30', '14:30'));
	const [morning, afternoon] = await ctx.db.select().from(activitySessions).orderBy(activitySessions.startsAt);
	return { ...world, organiser, activityId, morning: morning!.id, afternoon: afternoon!.id };
}

async function onClass(ctx: Context, activityId: string, personId: string): Promise<string> {
	await summon(ctx, { activityId, personIds: [personId] });
	const [row] = await ctx.db
		.select()
		.from(participations)
		.where(and(eq(participations.activityId, activityId), eq(participations.personId, personId)));
	return row!.id;
}

const codeOn = async (ctx: Context, activityId: string, sessionId: string) =>
	(await readWall(ctx, { activityId, sessionId }, ORIGIN)).open!.code;
const stateOf = async (ctx: Context, id: string) =>
	(await ctx.db.select().from(participations).where(eq(participations.id, id)))[0];

test('minutes of the sittings complete a class at the province’s share, and a correction takes it back', async ({
	ctx
}) => {
	const { organiser, activityId, department, morning, afternoon } = await aClassDay(ctx);
	const id = await onClass(organiser, activityId, await aPerson(ctx, department));
	const now = at(organiser, AFTERNOON);
	const mark = (sessionId: string, minutes: number | 'all', markedAt = now.now.getTime()) =>
		markAttendance(now, { activityId, sessionId }, [{ participationId: id, minutes, markedAt }]);
	await mark(morning, 'all');
	expect(await stateOf(ctx, id)).toMatchObject({ attendedOn: '2026-11-20', completedOn: null });
	await mark(afternoon, 6); // 216 of 270 minutes: 80% exactly
	expect(await stateOf(ctx, id)).toMatchObject({ completedOn: '2026-11-20', completionBasis: 'attendance' });
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(1);
	// A note made earlier, without a network, arrives late and does not undo the later one.
	await mark(afternoon, 0, now.now.getTime() - 60_000);
	expect(await stateOf(ctx, id)).toMatchObject({ completedOn: '2026-11-20' });
	await mark(afternoon, 5);
	expect(await stateOf(ctx, id)).toMatchObject({ completedOn: null, outcome: null });
	expect(await ctx.db.select().from(firstCompletions)).toEqual([]);
	// The afternoon is called off: the morning was all there was.
	await voidSession(now, activityId, { sessionId: afternoon, reason: 'Mất điện' });
	expect(await stateOf(ctx, id)).toMatchObject({ completedOn: '2026-11-20' });
	await expect(
		markAttendance(at(organiser, '2026-11-20T06:30:00+07:00'), { activityId, sessionId: morning }, [
			{ participationId: id, minutes: 'all', markedAt: 1 }
		])
	).rejects.toMatchObject({ code: 'training.sitting_not_yet' });
	await expect(
		markAttendance(now, { activityId, sessionId: morning }, [
			{ participationId: randomUUID(), minutes: 'all', markedAt: 1 }
		])
	).rejects.toMatchObject({ kind: 'not_found' });
});

test('a list brought while sittings are still to be held nominates; the sittings say who attended', async ({ ctx }) => {
	const { organiser, activityId, department, morning, afternoon } = await aClassDay(ctx);
	await aPerson(ctx, department);
	const during = at(organiser, '2026-11-21T08:00:00+07:00');
	await ctx.db
		.update(activitySessions)
		.set({ endsAt: new Date('2026-11-21T09:00:00+07:00') })
		.where(eq(activitySessions.id, afternoon));
	await bringList(during, { activityId }, { importId: randomUUID(), text: 'Nguyễn Văn An' });
	expect((await ctx.db.select().from(participations))[0]).toMatchObject({
		summonedOn: '2026-11-21',
		completedOn: null
	});
	expect((await getAttendancePage(during, { activityId, sessionId: morning })).people).toHaveLength(1);
});

test('people check in with the code on the wall, by name and four digits, without an account', async ({ ctx }) => {
	const { organiser, activityId, department, morning } = await aClassDay(ctx);
	const an = await onClass(
		organiser,
		activityId,
		await aPerson(ctx, department, 'Nguyễn Văn An', { phone: '0912345678' })
	);
	const binh = await onClass(
		organiser,
		activityId,
		await aPerson(ctx, department, 'Trần Thị Bình', { phone: '0987654321' })
	);
	const wall = at(organiser, MORNING);
	await openWindow(wall, { activityId, sessionId: morning }, 30);
	const code = await codeOn(wall, activityId, morning);
	const visitor = { ...as(at(ctx, MORNING), ANONYMOUS), clientAddress: '10.0.0.1' };
	const { ticket, title } = await readCode(visitor, code.toLowerCase());
	expect(title).toBe('Lớp kỹ năng số quý IV');
	expect(await findNames(visitor, ticket, 'nguyen van')).toEqual([
		{ participationId: an, fullName: 'Nguyễn Văn An', unitName: 'Sở Tư pháp' }
	]);
	const attempt = (participationId: string, digits: string, of = ticket) =>
		checkIn(visitor, { ticket: of, participationId, digits });
	await expect(attempt(an, '0000')).rejects.toMatchObject({ code: 'training.wrong_digits' });
	expect(await attempt(an, '5678')).toEqual({ fullName: 'Nguyễn Văn An', minutes: 210 });
	// One scan is one person; the neighbour scans for herself, behind the same address.
	await expect(attempt(binh, '4321')).rejects.toMatchObject({ code: 'training.ticket_used' });
	const second = (await readCode(visitor, code)).ticket;
	expect(await attempt(binh, '4321', second)).toMatchObject({ minutes: 210 });
	// Scanning again an hour late makes nobody late.
	const late = at(visitor, '2026-11-20T08:34:00+07:00');
	const again = await readCode(late, await codeOn(at(organiser, late.now), activityId, morning));
	expect(await checkIn(late, { ticket: again.ticket, participationId: an, digits: '5678' })).toMatchObject({
		minutes: 210
	});
	expect((await readWall(wall, { activityId, sessionId: morning }, ORIGIN)).present).toBe(2);
	const page = await getAttendancePage(wall, { activityId, sessionId: morning });
	expect(page.people.map(({ source }) => source)).toEqual(['phone', 'phone']);
});

test('codes and tickets are short-lived, guesses are slowed, and a closed window lets nobody in', async ({ ctx }) => {
	const { organiser, activityId, department, commune, morning } = await aClassDay(ctx);
	const an = await onClass(
		organiser,
		activityId,
		await aPerson(ctx, department, 'Nguyễn Văn An', { phone: '0912345678' })
	);
	const wall = at(organiser, MORNING);
	const key = { activityId, sessionId: morning };
	await openWindow(wall, key, 15);
	const code = await codeOn(wall, activityId, morning);
	const visitor = as(at(ctx, MORNING), ANONYMOUS);
	const { ticket } = await readCode(visitor, code);
	const expired = { code: 'training.code_expired' };
	await expect(readCode(at(visitor, '2026-11-20T08:06:10+07:00'), code)).rejects.toMatchObject(expired);
	await expect(readCode(visitor, `${code.slice(0, -1)}U`)).rejects.toMatchObject(expired);
	const old = at(visitor, '2026-11-20T08:16:00+07:00');
	await expect(checkIn(old, { ticket, participationId: an, digits: '5678' })).rejects.toMatchObject({
		code: 'training.ticket_expired'
	});
	await expect(findNames(visitor, `${ticket}x`, 'an')).rejects.toMatchObject({ code: 'training.ticket_expired' });
	for (let guess = 0; guess < 6; guess++) {
		await expect(checkIn(visitor, { ticket, participationId: an, digits: `000${guess}` })).rejects.toMatchObject({
			code: 'training.wrong_digits'
		});
	}
	await expect(checkIn(visitor, { ticket, participationId: an, digits: '5678' })).rejects.toMatchObject({
		kind: 'too_many'
	});
	await closeWindow(wall, key);
	await expect(readCode(visitor, code)).rejects.toMatchObject(expired);
	await expect(openWindow(as(wall, anActor('unit_admin', commune)), key, 15)).rejects.toMatchObject({
		kind: 'not_found'
	});
	expect(await ctx.db.select().from(sessionAttendances)).toEqual([]);
});

test('a meeting’s report gives minutes to the people of the class it surely means', async ({ ctx }) => {
	const { organiser, activityId, department, morning } = await aClassDay(ctx);
	const an = await onClass(organiser, activityId, await aPerson(ctx, department));
	const binh = await onClass(
		organiser,
		activityId,
		await aPerson(ctx, department, 'Trần Thị Bình', { email: 'binh@x.vn' })
	);
	await onClass(organiser, activityId, await aPerson(ctx, department, 'Lê Văn Cường'));
	await onClass(organiser, activityId, await aPerson(ctx, department, 'Lê Văn Cường', { birth: { birthYear: 1990 } }));
	const csv = [
		'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)',
		'STP - Nguyen Van An,,11/20/2026 07:55:00 AM,11/20/2026 11:30:00 AM,215',
		'iPad của Bình,binh@x.vn,11/20/2026 08:30:00 AM,11/20/2026 09:00:00 AM,30',
		'Lê Văn Cường,,11/20/2026 08:30:00 AM,11/20/2026 09:00:00 AM,30',
		'Người Lạ,,11/20/2026 08:30:00 AM,11/20/2026 09:00:00 AM,30'
	].join('\n');
	const key = { activityId, sessionId: morning };
	const now = at(organiser, AFTERNOON);
	const { attendees } = await matchMeetingReport(now, key, new File([csv], 'participants.csv'));
	expect(attendees.map(({ participationId, minutes, isUncertain }) => [participationId, minutes, isUncertain])).toEqual(
		[
			[an, 210, false],
			[binh, 30, false],
			[undefined, 30, true],
			[undefined, 30, false]
		]
	);
	const marks = attendees.flatMap(({ participationId, minutes }) =>
		participationId ? [{ participationId, minutes, markedAt: 1 }] : []
	);
	await markAttendance(now, key, marks, 'meeting');
	expect((await getAttendancePage(now, key)).people.map(({ minutes, source }) => [minutes, source])).toContainEqual([
		210,
		'meeting'
	]);
	await expect(matchMeetingReport(now, key, new File(['Kính gửi'], 'x.csv'))).rejects.toMatchObject({
		code: 'training.not_a_report'
	});
});

test('walk-ins: with an account at once, without one after the unit’s word; nobody twice', async ({ ctx }) => {
	const { organiser, activityId, commune, morning, afternoon } = await aClassDay(ctx);
	const personId = await aPerson(ctx, commune, 'Lê Văn Cường');
	const wall = at(organiser, MORNING);
	await openWindow(wall, { activityId, sessionId: morning }, 'end');
	const ticketOf = async (who: Context, sessionId: string) =>
		(await readCode(who, await codeOn(at(organiser, who.now), activityId, sessionId))).ticket;
	const account: Actor = { kind: 'account', accountId: randomUUID(), personId, displayName: 'Cường', grants: [] };
	const signedIn = as(at(ctx, MORNING), account);
	const own = await ticketOf(signedIn, morning);
	expect(await readOwnPlace(signedIn, own)).toEqual({ isOnList: false });
	expect(await checkInSelf(signedIn, own)).toEqual({ fullName: 'Lê Văn Cường', minutes: 210 });
	expect(await readOwnPlace(signedIn, own)).toEqual({ isOnList: true });
	const stranger = as(at(ctx, MORNING), ANONYMOUS);
	const particulars = { fullName: 'Vàng A Sủng', birthYear: 1988, phone: '0912 000 111', isAgreed: true as const };
	const walkIn = async (who: Context, sessionId: string, unitName = 'xa yen lam') =>
		noteWalkIn(who, { ...particulars, unitName, ticket: await ticketOf(who, sessionId) });
	await expect(walkIn(stranger, morning, 'Xã Không Có')).rejects.toMatchObject({
		code: 'training.unit_not_understood'
	});
	await walkIn(stranger, morning);
	await walkIn(stranger, morning);
	await openWindow(at(organiser, AFTERNOON), { activityId, sessionId: afternoon }, 'end');
	await walkIn(at(stranger, AFTERNOON), afternoon);
	const admin = as(at(ctx, AFTERNOON), anActor('unit_admin', commune));
	const { rows, total } = await getCandidatesPage(admin);
	expect([total, rows[0]?.fullName]).toEqual([1, 'Vàng A Sủng']);
	await confirmCandidates(admin, { answers: [{ candidateId: rows[0]!.id, whom: 'new' }], categoryCode: undefined });
	const standing = await ctx.db.select().from(participations).where(isNull(participations.voidedAt));
	expect(standing.every(({ note }) => note === 'walk_in')).toBe(true);
	expect(standing.filter(({ completedOn }) => completedOn === '2026-11-20')).toHaveLength(1);
	expect(standing).toHaveLength(2);
});

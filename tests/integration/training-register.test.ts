import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { csvFile } from '#lib/server/platform/office/sheet-files.ts';
import { listClasses } from '#lib/server/training/class-list.ts';
import { getClassPage } from '#lib/server/training/class-page.ts';
import { editClass, openClass } from '#lib/server/training/classes.ts';
import { addEvidence } from '#lib/server/training/evidence.ts';
import { recordHeldClass } from '#lib/server/training/held-class.ts';
import { ensureTopics } from '#lib/server/training/reference-data.ts';
import { registerSheet } from '#lib/server/training/register-sheet.ts';
import {
	addLine,
	createPlan,
	editLine,
	getLinePage,
	getPlanPage,
	getPlansPage,
	tieClass,
	untieClass,
	voidLine
} from '#lib/server/training/plans.ts';
import {
	addSession,
	addSessionsByPattern,
	editSession,
	listSessions,
	voidSession
} from '#lib/server/training/sessions.ts';
import type { ClassFilter } from '#lib/training/register-filter.ts';
import type { PlanLineInput } from '#lib/training/plan-input.ts';
import type { SessionInput } from '#lib/training/session-input.ts';
import { as, test } from '../support/test.ts';
import { anActor, aPerson, aProvince, classInput, type TestUnit } from '../support/training-world.ts';

const aSitting = (more: Partial<SessionInput> = {}): SessionInput => ({
	...{ day: '2026-11-18', from: '08:00', to: '11:30', teachingPeriods: 4 },
	...{ title: null, place: null, meetingUrl: null, lecturers: null },
	...more
});

const aLine = (more: Partial<PlanLineInput> = {}): PlanLineInput => ({
	...{ title: 'Tập huấn kỹ năng số', kind: 'training', mode: 'online_live', topics: ['digital_skills'] },
	...{ plannedFrom: '2026-10-01', plannedTo: '2026-12-15', classCount: 2, plannedAttendees: 50, teachingPeriods: 4 },
	...{ stateBudgetVnd: 20_000_000, otherFundsVnd: null, note: null },
	...more
});

async function held(ctx: Context, unit: TestUnit, more: Record<string, unknown> = {}): Promise<string> {
	const present = [await aPerson(ctx, unit, `Người ${randomUUID().slice(0, 6)}`)];
	const input = { ...classInput(unit, null), heldOn: '2026-11-18', endedOn: null, listed: present, present };
	const none = { absenteesWereSummoned: false, walkIns: [], sheets: [] };
	const { activityId } = await recordHeldClass(ctx, { ...input, ...none, activityId: randomUUID(), ...more });
	return activityId;
}

test('the register is narrowed, sorted and taken away by what a class is', async ({ ctx }) => {
	const { department, commune } = await aProvince(ctx);
	await ensureTopics(ctx.db);
	const coOrganisers = ['Phường Đông Hà', 'Học viện Tư pháp'];
	const a = await held(ctx, department, { title: 'Ánh sáng pháp luật', legalFields: ['land'], coOrganisers });
	await held(ctx, commune, { title: 'Bảo mật', topics: ['digital_skills', 'security'], mode: 'online_live' });
	await held(ctx, commune, { title: 'Ca dao và luật', kind: 'roundtable', topics: [], heldOn: '2026-03-02' });
	await addEvidence(ctx, a, { kind: 'decision', file: new File(['%PDF-1.4'], 'QĐ 12.pdf') });
	const titles = async (filter: ClassFilter) => (await listClasses(ctx, filter)).rows.map(({ title }) => title);
	expect(await titles({ sort: 'title', direction: 'asc' })).toEqual([
		'Ánh sáng pháp luật',
		'Bảo mật',
		'Ca dao và luật'
	]);
	expect(await titles({ sort: 'time', direction: 'asc' })).toMatchObject({ 0: 'Ca dao và luật' });
	expect(await titles({ field: 'land' })).toEqual(['Ánh sáng pháp luật']);
	expect(await titles({ topic: 'security' })).toEqual(['Bảo mật']);
	expect(await titles({ kind: 'roundtable' })).toEqual(['Ca dao và luật']);
	expect(await titles({ counted: 'no' })).toEqual(['Ca dao và luật']);
	expect(await titles({ counted: 'yes', mode: 'online_live' })).toEqual(['Bảo mật']);
	expect(await titles({ evidence: 'none', from: '2026-11-01' })).toEqual(['Bảo mật']);
	expect(await titles({ to: '2026-03-02' })).toEqual(['Ca dao và luật']);
	expect((await listClasses(ctx, { field: 'land' })).rows[0]).toMatchObject({ coOrganisers, evidenceCount: 1 });
	const file = csvFile(await registerSheet(ctx, { field: 'land' }, 'vi'));
	expect(file).toContain('"Đất đai, xây dựng, nhà ở"');
	expect(file).toContain('"Phường Đông Hà; Học viện Tư pháp"');
	const { register } = await getClassPage(ctx, a);
	expect(register).toMatchObject({ coOrganisers, legalFields: [{ code: 'land' }] });
});

test('sittings lie within the class, do not overlap, and can be called off', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const input = classInput(commune, null, { startsOn: '2026-11-18', dueOn: '2026-11-21' });
	const { activityId } = await openClass(ctx, input);
	await addSession(ctx, activityId, aSitting());
	const refused = async (more: Partial<SessionInput>, code: string) =>
		expect(addSession(ctx, activityId, aSitting(more))).rejects.toMatchObject({ code });
	await refused({ day: '2026-11-22' }, 'training.day_outside_class');
	await refused({ from: '11:00', to: '12:00' }, 'training.sessions_overlap');
	await addSession(ctx, activityId, aSitting({ from: '11:30', to: '12:00' }));
	await addSessionsByPattern(ctx, activityId, { halves: 'morning', isWeekendLeftOut: true });
	const sessions = await listSessions(ctx.db, activityId);
	expect(sessions.map(({ startsAt }) => startsAt.toISOString())).toEqual([
		'2026-11-18T01:00:00.000Z',
		'2026-11-18T04:30:00.000Z',
		'2026-11-19T01:00:00.000Z',
		'2026-11-20T01:00:00.000Z'
	]);
	const last = sessions.at(-1)!;
	await editSession(ctx, activityId, { ...aSitting({ day: '2026-11-20', to: '10:00' }), sessionId: last.id });
	const shorter = { ...input, version: 1, dueOn: '2026-11-19' };
	await expect(editClass(ctx, activityId, shorter)).rejects.toMatchObject({ code: 'training.dates_exclude_sessions' });
	await voidSession(ctx, activityId, { sessionId: last.id, reason: 'Bão' });
	await editClass(ctx, activityId, shorter);
	expect(await listSessions(ctx.db, activityId)).toHaveLength(3);
	const stranger = as(ctx, anActor('unit_admin', otherCommune));
	await expect(addSession(stranger, activityId, aSitting())).rejects.toMatchObject({ kind: 'not_found' });
});

test('a plan of the year shows what was opened, held and is overdue, and whose it is', async ({ ctx }) => {
	const { commune, otherCommune, department } = await aProvince(ctx);
	const none = { documentNo: '5/KH-UBND', documentDate: '2026-01-15' };
	const { planId } = await createPlan(ctx, { unitId: commune.id, year: 2026, ...none });
	expect(await createPlan(ctx, { unitId: commune.id, year: 2026, ...none })).toEqual({ planId });
	await addLine(ctx, planId, aLine());
	await addLine(ctx, planId, aLine({ title: 'Tọa đàm quý III', classCount: 1, plannedTo: '2026-10-30' }));
	await expect(addLine(ctx, planId, aLine({ plannedTo: '2027-01-01' }))).rejects.toMatchObject({
		code: 'training.outside_plan_year'
	});
	const lines = async () => (await getPlanPage(ctx, planId)).lines;
	const [late, line] = await lines();
	expect([late!.state, line!.state]).toEqual(['overdue', 'waiting']);
	const { activityId } = await openClass(ctx, classInput(commune, null, { planLineId: line!.id }));
	expect((await lines())[1]).toMatchObject({ state: 'opened', opened: 1, held: 0 });
	const first = await held(ctx, commune, { planLineId: line!.id, stateBudgetVnd: 7_000_000 });
	const second = await held(ctx, commune);
	await tieClass(ctx, planId, line!.id, second);
	expect((await lines())[1]).toMatchObject({ state: 'held', opened: 3, held: 2, attended: 2, spentVnd: 7_000_000 });
	await untieClass(ctx, planId, line!.id, first);
	const page = await getLinePage(ctx, planId, line!.id);
	expect(page.classes.map((one) => one.activityId).toSorted()).toEqual([activityId, second].toSorted());
	expect(page.others.map((one) => one.activityId)).toEqual([first]);
	const elsewhere = await held(ctx, department);
	await expect(tieClass(ctx, planId, line!.id, elsewhere)).rejects.toMatchObject({ kind: 'not_found' });
	await editLine(ctx, planId, late!.id, aLine({ title: 'Tọa đàm quý IV', plannedTo: '2026-12-30' }));
	expect(await getPlansPage(ctx, 2026)).toMatchObject({
		totals: { lines: 2, held: 0, opened: 1, waiting: 1, overdue: 0 }
	});
	await voidLine(ctx, planId, { lineId: late!.id, reason: 'Không còn kinh phí' });
	expect(await lines()).toHaveLength(1);
	const neighbour = as(ctx, anActor('unit_admin', otherCommune));
	await expect(getPlanPage(neighbour, planId)).rejects.toMatchObject({ kind: 'not_found' });
	expect((await getPlansPage(neighbour, 2026)).summaries).toEqual([]);
	const head = as(ctx, anActor('unit_head', commune));
	expect((await getPlanPage(head, planId)).isEditable).toBe(false);
	await expect(addLine(head, planId, aLine())).rejects.toMatchObject({ kind: 'forbidden' });
});

import { expect } from 'vitest';
import type { ReportContent } from '#lib/reporting/report-content.ts';
import { eq } from 'drizzle-orm';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { assembleReport, type ReportRequest } from '#lib/server/reporting/assemble.ts';
import { courseVersions } from '#lib/server/catalogue/tables.ts';
import { resourceFiles, resources } from '#lib/server/library/tables.ts';
import { categoryMemberships, people } from '#lib/server/organisation/tables.ts';
import type { Database } from '#lib/server/platform/database.ts';
import { classSurveys, publicRatings, surveyResponses } from '#lib/server/surveys/tables.ts';
import { filterOf, indicatorWorld, type MadeUnit } from '../support/indicator-world.ts';
import { test } from '../support/test.ts';
import { aPublishedCourse } from '../support/training-world.ts';

const YEAR = { period: 'Năm 2026', from: '2026-01-01', to: '2026-12-31', cutOff: '2026-11-20' };

const report = (db: Database, unit: MadeUnit, more: Partial<ReportRequest> = {}) =>
	assembleReport(db, { unitId: unit.id, ...YEAR, ...more });
const text = (content: ReportContent, key: string) => content.narrative.find((block) => block.key === key)?.text;
const total = (content: ReportContent) => content.staff.find(({ code }) => code === 'total');

test('the report shows the figures of the targets page, and its lists are as long as its figures', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const department = await world.unit('A', province);
	const roster = await world.people(department, 10);
	for (const mode of ['online_live', 'online_self_paced', 'hybrid', 'in_person'] as const)
		await world.trained(await world.activity(department, { mode }), roster.slice(0, 8), department);
	const page = await getTargetsPage(ctx, filterOf({ cutoff: '2026-11-20' }));
	const inYear = await getTargetsPage(ctx, filterOf({ cutoff: '2026-11-20', period: '2026' }));
	const content = await report(ctx.db, province);
	const row = (indicator: string, span: string) =>
		content.targets.find((target) => target.indicator === indicator && target.span === span);
	expect(row('trained_share', 'stage')).toMatchObject({ share: page.trained.share, verdict: page.trained.verdict });
	expect(row('online_share', 'stage')).toMatchObject({ share: page.online.share, upper: page.onlineUpper });
	expect(row('online_share', 'period')).toMatchObject({ share: inYear.online.share, verdict: inYear.online.verdict });
	expect(row('trained_share', 'period')).toMatchObject({ share: inYear.trained.share, verdict: null });
	expect(content.activities).toHaveLength(inYear.online.share.whole);
	expect(content.activities.filter(({ isCounted }) => isCounted)).toHaveLength(inYear.online.share.part);
	expect(content.sources.trained).toHaveLength(page.trained.share.part);
	expect(content.sources.untrained).toHaveLength(page.trained.share.whole - page.trained.share.part);
	expect(content.modes.map(({ activities, attendances, completed }) => [activities, attendances, completed])).toEqual([
		[1, 8, 8],
		[1, 8, 8],
		[1, 8, 8],
		[1, 8, 8]
	]);
	expect(content.units).toMatchObject([{ code: 'A', trained: { part: 8, whole: 10 }, online: { part: 2, whole: 4 } }]);
});

test('a person of two categories stands in both rows and once in the total', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const department = await world.unit('A', province);
	const [both = ''] = await world.people(department, 1, ['legal_rapporteur', 'advising_official']);
	await ctx.db.update(people).set({ gender: 'female', qualification: 'law_degree' }).where(eq(people.id, both));
	await world.trained(await world.activity(department), [both], department);
	const content = await report(ctx.db, province);
	expect(content.staff.map(({ code, total, female, lawDegree }) => [code, total, female, lawDegree])).toEqual([
		['advising_official', 1, 1, 1],
		['legal_rapporteur', 1, 1, 1],
		['legal_propagandist', 0, 0, 0],
		['total', 1, 1, 1]
	]);
	expect(content.units[0]?.byCategory.map(({ share }) => [share.part, share.whole])).toEqual([
		[1, 1],
		[1, 1],
		[0, 0]
	]);
	expect(text(content, 'staff')).toContain('01 người thuộc đối tượng tập huấn, gồm 01 cán bộ');
});

test('stock before plus increase less decrease is the stock at the cut-off', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const department = await world.unit('A', province);
	const [gone = ''] = await world.people(department, 5);
	await ctx.db.update(categoryMemberships).set({ validTo: '2026-06-01' }).where(eq(categoryMemberships.personId, gone));
	const [late = '', later = ''] = await world.people(department, 2);
	for (const id of [late, later])
		await ctx.db
			.update(categoryMemberships)
			.set({ validFrom: '2026-07-01' })
			.where(eq(categoryMemberships.personId, id));
	expect(total(await report(ctx.db, province))).toMatchObject({ total: 6, increase: 2, decrease: 1 });
});

test('who moved counts at the new unit, the class and its seats at the old one', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [x, y] = [await world.unit('X', province), await world.unit('Y', province)];
	const [person = ''] = await world.people(x, 1);
	await world.trained(await world.activity(x, { mode: 'online_live' }), [person], x);
	await world.move(person, y, '2026-10-10');
	const [ofX, ofY] = [await report(ctx.db, x), await report(ctx.db, y)];
	expect([ofX.targets[0]?.share, ofY.targets[0]?.share]).toEqual([
		{ part: 0, whole: 0 },
		{ part: 1, whole: 1 }
	]);
	expect([ofX.activities.length, ofY.activities.length]).toEqual([1, 0]);
	expect(text(ofY, 'online')).toBe('Trong kỳ không phát sinh.');
});

test('what ends after the cut-off is not in the report, and last year stands beside this one', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 3);
	for (const endedOn of ['2025-05-01', '2025-12-01', '2026-05-01', '2026-11-21'])
		await world.trained(await world.activity(province, { endedOn }), roster.slice(0, 1), province, endedOn);
	const content = await report(ctx.db, province);
	expect(content.activities.map(({ endedOn }) => endedOn)).toEqual(['2026-05-01']);
	expect(
		content.targets.find(({ indicator, span }) => indicator === 'online_share' && span === 'period')
	).toMatchObject({
		share: { part: 0, whole: 1 },
		lastYear: { part: 0, whole: 1 }
	});
	expect(text(content, 'compared')).toBe('So với cùng kỳ năm trước (01 hoạt động), số hoạt động không thay đổi.');
});

test('units that have not sent their report are named, never dropped', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [a, b] = [await world.unit('A', province), await world.unit('B', province)];
	const submissions = new Map([
		[a.id, 'accepted' as const],
		[b.id, 'not_sent' as const]
	]);
	const content = await report(ctx.db, province, { submissions });
	expect(content.units.map(({ code, submission }) => [code, submission])).toEqual([
		['A', 'accepted'],
		['B', 'not_sent']
	]);
	expect(text(content, 'compared')).toContain('còn 01 đơn vị chưa gửi báo cáo: Đơn vị B.');
});

test('numbers without names, funds and typed texts reach the report', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const police = await world.unit('CA', province, 'armed_forces');
	await world.aggregateRoster(police, 40);
	const activityId = await world.activity(police, { stateBudgetVnd: 12_000_000, otherFundsVnd: 3_000_000 });
	await world.aggregateResult(police, 25, { activityId, completedOn: '2026-05-20' });
	const manual = {
		narrative: { shortcomings: 'Đường truyền yếu.' },
		tables: { '08': [{ values: { respondents: 'Người dân' }, source: 'BC 12' }] }
	};
	const content = await report(ctx.db, province, { manual });
	expect(total(content)).toMatchObject({ total: 40, aggregate: 40, male: 0 });
	expect(content.units[0]?.trained).toEqual({ part: 25, whole: 40 });
	expect(content.budget).toEqual([{ year: 2026, stateBudgetVnd: 12_000_000, otherFundsVnd: 3_000_000 }]);
	expect(text(content, 'funds')).toContain('15.000.000 đồng');
	expect(content.narrative.find(({ key }) => key === 'shortcomings')).toMatchObject({ isManual: true });
	expect(content.manual['08']).toHaveLength(1);
	expect(content.activities[0]).toMatchObject({ attended: 25, completed: 25 });
});

test('forms of trainees and ratings of the public fill their rows, apart from what was typed; few answers say nothing', async ({
	ctx
}) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [asked, rated] = [await world.unit('A', province), await world.unit('B', province)];
	const activityId = await world.activity(asked);
	await ctx.db.insert(classSurveys).values({ activityId, code: 'AAAAAA' });
	const bytes = (text: string) => Buffer.from(text);
	await ctx.db.insert(surveyResponses).values(
		[5, 4, 4, 3, 1].map((overall, i) => ({
			...{ activityId, overall, content: 3, lecturer: 3, material: 3, organisation: 3 },
			tokenHash: bytes(`form ${i}`)
		}))
	);
	const rating = { ratedOn: '2026-06-01', unitId: rated.id, level: 5, sourceKey: bytes('x') };
	await ctx.db
		.insert(publicRatings)
		.values([
			...Array.from({ length: 6 }, () => ({ ...rating, audience: 'citizen' as const })),
			{ ...rating, audience: 'business' as const }
		]);
	const manual = { tables: { '08': [{ values: { respondents: 'Doanh nghiệp' }, source: 'BC 12' }] } };
	const content = await report(ctx.db, province, { manual });
	expect(content.manual['08'].map(({ values, isMade }) => [values.respondents, values.received, isMade])).toEqual([
		['Học viên', 5, true],
		['Doanh nghiệp', undefined, undefined]
	]);
	expect(content.manual['11'].map(({ values }) => [values.respondents, values.veryGood])).toEqual([['Người dân', 6]]);
	expect(text(content, 'surveys')).toContain('Khảo sát 05 học viên, 60,00% hài lòng (số liệu nội bộ');
	expect(text(await report(ctx.db, rated), 'surveys')).toBe('');
	expect((await report(ctx.db, asked)).manual['11']).toEqual([]);
});

test('courses published and resources added in the period fill their rows; what was withdrawn or came later does not', async ({
	ctx
}) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [own, other] = [await world.unit('A', province), await world.unit('B', province)];
	const resource = (unit: MadeUnit, more: Partial<typeof resources.$inferInsert> = {}) => ({
		...{ unitId: unit.id, kind: 'leaflet' as const, title: 'Tờ gấp', isAiGenerated: false, searchText: '' },
		...{ recordedAt: new Date('2026-03-01T08:00:00+07:00'), views: 10, downloads: 2, ...more }
	});
	const [first] = await ctx.db
		.insert(resources)
		.values([
			resource(own),
			resource(own, { recordedAt: new Date('2025-12-31T23:59:00+07:00') }),
			resource(own, { withdrawnAt: ctx.now }),
			resource(own, { kind: 'audio', recordedAt: new Date('2025-06-01T08:00:00+07:00') }),
			resource(other, { kind: 'outline' })
		])
		.returning({ id: resources.id });
	const file = { resourceId: first?.id ?? '', name: 'a.pdf', contentType: 'application/pdf', sizeBytes: 1 };
	await ctx.db.insert(resourceFiles).values([
		{ ...file, number: 1, storageKey: 'a', recordedAt: new Date('2026-03-01T08:00:00+07:00') },
		{ ...file, number: 2, storageKey: 'b', recordedAt: new Date('2026-04-01T08:00:00+07:00') }
	]);
	const course = await aPublishedCourse(ctx, { ...own, name: 'A' });
	await ctx.db
		.update(courseVersions)
		.set({ publishedAt: new Date('2026-05-01T08:00:00+07:00') })
		.where(eq(courseVersions.id, course));
	const cells = async (unit: MadeUnit) =>
		(await report(ctx.db, unit)).manual['06'].map(({ values: { kind, created, updated, views } }) => [
			...[kind, created, updated, views]
		]);
	expect(await cells(own)).toEqual([
		['Khóa học trực tuyến (bài giảng điện tử)', 1, 0, 0],
		['Tờ gấp, infographic', 1, 1, 24]
	]);
	expect((await cells(province)).map(([kind]) => kind)).toEqual([
		'Khóa học trực tuyến (bài giảng điện tử)',
		'Đề cương',
		'Tờ gấp, infographic'
	]);
});

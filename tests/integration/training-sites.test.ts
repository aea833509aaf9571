import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Context } from '#lib/server/platform/context.ts';
import { accounts, roleGrants } from '#lib/server/identity/tables.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import { getClassPage } from '#lib/server/training/class-page.ts';
import { openClass } from '#lib/server/training/classes.ts';
import { addEvidence } from '#lib/server/training/evidence.ts';
import { recordHeldClass } from '#lib/server/training/held-class.ts';
import { joinParent } from '#lib/server/training/join-parent.ts';
import { endClass } from '#lib/server/training/lifecycle.ts';
import { findSimilarTo, recordIntoParent } from '#lib/server/training/record-into-parent.ts';
import {
	getSitePage,
	listInvitations,
	recordSiteNumbers,
	saveSiteList,
	sendSiteList
} from '#lib/server/training/site-list.ts';
import {
	getSitesPage,
	inviteMatching,
	inviteUnits,
	remindSites,
	removeSite,
	returnSiteList
} from '#lib/server/training/sites.ts';
import { firstCompletions, participations, trainingActivities } from '#lib/server/training/tables.ts';
import type { SiteListInput } from '#lib/training/site-input.ts';
import { as, at, test } from '../support/test.ts';
import { anActor, aPerson, aProvince, aUnit, classInput, type TestUnit } from '../support/training-world.ts';

const LIVE = { mode: 'online_live', startsOn: '2026-11-20', dueOn: '2026-11-20', topics: ['digital_skills'] } as const;
const BEFORE = '2026-11-16T09:00:00+07:00';

const aList = (present: string[], more: Partial<SiteListInput> = {}): SiteListInput => ({
	...{ listed: present, present, walkInNames: [], walkInBirthYears: [], walkInUnitIds: [], sheets: [] },
	intent: 'draft',
	...more
});

/** A live class of the department four days ahead, with both communes invited. */
async function aConference(ctx: Context) {
	const units = await aProvince(ctx);
	const organiser = as(at(ctx, BEFORE), anActor('unit_admin', units.department));
	const { activityId } = await openClass(
		organiser,
		classInput(units.department, null, { ...LIVE, topics: [...LIVE.topics] })
	);
	const unitIds = [units.commune.id, units.otherCommune.id];
	await inviteUnits(organiser, activityId, { unitIds, mode: 'online_live' });
	const { sites } = await getSitesPage(organiser, activityId, {});
	const siteOf = (unit: TestUnit) => sites.find(({ unitId }) => unitId === unit.id)!.id;
	return { ...units, organiser, activityId, siteOf };
}

const rowsOf = (ctx: Context, activityId: string) =>
	ctx.db
		.select()
		.from(participations)
		.where(and(eq(participations.activityId, activityId), isNull(participations.voidedAt)));

test('units fill their own lists, the organiser sees who has sent, and the activity counts once', async ({ ctx }) => {
	const { organiser, activityId, siteOf, commune, otherCommune } = await aConference(ctx);
	const [an, binh, cuong] = [
		await aPerson(ctx, commune),
		await aPerson(ctx, commune, 'Trần Thị Bình'),
		await aPerson(ctx, otherCommune, 'Lê Văn Cường')
	];
	const admin = as(ctx, anActor('unit_admin', commune));
	const neighbour = as(ctx, anActor('unit_admin', otherCommune));
	const site = siteOf(commune);
	expect(await listInvitations(admin)).toMatchObject([{ siteId: site, state: 'waiting', organiserName: 'Sở Tư pháp' }]);
	await saveSiteList(at(admin, BEFORE), site, aList([an, binh]));
	await sendSiteList(at(admin, BEFORE), site, { isNobody: false });
	expect((await getClassPage(at(organiser, BEFORE), activityId)).sites).toEqual({
		stage: 'nominate',
		sites: 2,
		sent: 1
	});
	// On the day itself the list of attendees is awaited from everybody.
	const now = as(ctx, organiser.actor);
	expect((await getClassPage(now, activityId)).sites).toEqual({ stage: 'attend', sites: 2, sent: 0 });
	const guest = { walkInNames: ['Vàng A Sủng'], walkInBirthYears: ['1990'] };
	await saveSiteList(admin, site, aList([an], { ...guest, intent: 'send' }));
	await saveSiteList(neighbour, siteOf(otherCommune), aList([cuong]));
	await expect(sendSiteList(neighbour, site, { isNobody: true })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(saveSiteList(neighbour, siteOf(otherCommune), aList([an]))).rejects.toMatchObject({
		code: 'training.person_out_of_scope'
	});
	expect(await getSitesPage(now, activityId, {})).toMatchObject({ sent: 1, sites: [{}, {}] });
	const rows = await rowsOf(ctx, activityId);
	expect(rows.filter(({ completedOn }) => completedOn === '2026-11-20')).toHaveLength(3);
	expect(rows.find(({ personId }) => personId === binh)).toMatchObject({ outcome: 'absent', completedOn: null });
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(3);
	await endClass(now, activityId, '2026-11-20');
	// A late entry and a correction after the end still count; then the organiser takes one unit out.
	await saveSiteList(admin, site, aList([an, binh]));
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(3);
	expect((await getClassPage(now, activityId)).funnel).toMatchObject({ attended: 3, completed: 3 });
	await removeSite(now, activityId, { siteId: siteOf(otherCommune), reason: 'Mời nhầm' });
	expect((await getClassPage(now, activityId)).funnel).toMatchObject({ completed: 2 });
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(2);
	await expect(getSitePage(neighbour, siteOf(otherCommune))).rejects.toMatchObject({ kind: 'not_found' });
});

test('a unit that gives no names gives numbers as its list', async ({ ctx }) => {
	const { organiser, activityId, province } = await aConference(ctx);
	const police = await aUnit(ctx, { name: 'Công an tỉnh', parent: province, givesAggregates: true });
	await inviteUnits(organiser, activityId, { unitIds: [police.id], mode: 'online_live' });
	const admin = as(ctx, anActor('unit_admin', police));
	const [{ siteId } = { siteId: '' }] = await listInvitations(admin);
	const document = { documentNo: '12/BC-CAT', documentDate: '2026-11-20', file: undefined };
	const numbers = { categoryCode: 'advising_official', trainedCount: 18, ...document };
	await expect(recordSiteNumbers(at(admin, BEFORE), siteId, numbers)).rejects.toMatchObject({
		code: 'form.date_future'
	});
	await recordSiteNumbers(admin, siteId, numbers);
	const { sites, sent } = await getSitesPage(as(ctx, organiser.actor), activityId, {});
	expect([sent, sites.find(({ id }) => id === siteId)?.inNumbers]).toEqual([1, 18]);
});

test('nobody stands on two lists of one activity, and an empty list is sent only on purpose', async ({ ctx }) => {
	const { activityId, siteOf, province, commune, otherCommune } = await aConference(ctx);
	const an = await aPerson(ctx, commune);
	const both = as(ctx, anActor('province_admin', province));
	await saveSiteList(both, siteOf(commune), aList([an]));
	expect(await saveSiteList(both, siteOf(otherCommune), aList([an]))).toEqual({
		onList: 0,
		elsewhere: ['Nguyễn Văn An']
	});
	await expect(sendSiteList(both, siteOf(otherCommune), { isNobody: false })).rejects.toMatchObject({
		code: 'training.site_list_empty'
	});
	await sendSiteList(both, siteOf(otherCommune), { isNobody: true });
	expect(await rowsOf(ctx, activityId)).toHaveLength(1);
	const twice = [aList([an]), aList([an])].map((list) => saveSiteList(both, siteOf(commune), list));
	await Promise.all(twice);
	expect(await rowsOf(ctx, activityId)).toHaveLength(1);
});

test('admins of invited units are told, reminded once a day, and told when a list is returned', async ({ ctx }) => {
	const { organiser, activityId, siteOf, commune } = await aConference(ctx);
	const [account] = await ctx.db
		.insert(accounts)
		.values({ username: 'dau.moi', displayName: 'Đầu mối' })
		.returning({ id: accounts.id });
	const grant = { accountId: account!.id, role: 'unit_admin' as const, unitId: commune.id, validFrom: '2025-01-01' };
	await ctx.db.insert(roleGrants).values(grant);
	const told = async () => (await ctx.db.select().from(notifications)).map(({ template }) => template);
	expect(await remindSites(organiser, activityId)).toEqual({ reminded: 1 });
	expect(await remindSites(organiser, activityId)).toEqual({ reminded: 0 });
	expect(await remindSites(at(organiser, '2026-11-17T09:00:00+07:00'), activityId)).toEqual({ reminded: 1 });
	expect(await told()).toEqual(['training.site_reminder', 'training.site_reminder']);
	const admin = at(as(ctx, anActor('unit_admin', commune)), BEFORE);
	await sendSiteList(admin, siteOf(commune), { isNobody: true });
	expect(await remindSites(at(organiser, '2026-11-18T09:00:00+07:00'), activityId)).toEqual({ reminded: 0 });
	await returnSiteList(organiser, activityId, { siteId: siteOf(commune), reason: 'Thiếu danh sách' });
	expect((await told()).at(-1)).toBe('training.site_returned');
	expect((await getSitePage(admin, siteOf(commune))).site.returnReason).toBe('Thiếu danh sách');
	expect(await inviteMatching(organiser, activityId, { text: 'minh hoa' }, 'online_live')).toEqual({ invited: 1 });
	await expect(inviteUnits(admin, activityId, { unitIds: [commune.id], mode: 'online_live' })).rejects.toMatchObject({
		kind: 'not_found'
	});
});

test('a bridge site entered as a class of its own is noticed and joins the activity it was a part of', async ({
	ctx
}) => {
	const { department, commune, otherCommune } = await aProvince(ctx);
	const [an, binh, cuong] = [
		await aPerson(ctx, commune),
		await aPerson(ctx, commune, 'Trần Thị Bình'),
		await aPerson(ctx, otherCommune, 'Lê Văn Cường')
	];
	const held = (unit: TestUnit, present: string[], title: string) => ({
		...classInput(unit, null, { ...LIVE, topics: [...LIVE.topics], title }),
		...{ activityId: randomUUID(), heldOn: '2026-11-20', endedOn: null, listed: present, present },
		...{ absenteesWereSummoned: false, walkIns: [], sheets: [] as File[] }
	});
	const parent = held(department, [an], 'Hội nghị tập huấn kỹ năng số trực tuyến');
	await recordHeldClass(ctx, parent);
	const admin = as(ctx, anActor('unit_admin', commune));
	const child = held(commune, [an, binh], 'HỘI NGHỊ TẬP HUẤN KỸ NĂNG SỐ (trực tuyến)');
	expect(await findSimilarTo(admin, { ...child, isAnother: false })).toMatchObject([
		{ activityId: parent.activityId, organiserName: 'Sở Tư pháp', canJoin: true }
	]);
	expect(await findSimilarTo(admin, { ...child, topics: ['other_law'], isAnother: false })).toEqual([]);
	await recordHeldClass(admin, child);
	await addEvidence(admin, child.activityId, { kind: 'sign_in_sheet', file: new File(['%PDF-1.4'], 'ds.pdf') });
	const { siteId } = await joinParent(admin, child.activityId, { parentId: parent.activityId });
	const [merged] = await ctx.db.select().from(trainingActivities).where(eq(trainingActivities.id, child.activityId));
	expect(merged).toMatchObject({ status: 'cancelled', mergedIntoId: parent.activityId });
	expect(await rowsOf(ctx, child.activityId)).toEqual([]);
	const page = await getClassPage(ctx, parent.activityId);
	expect(page).toMatchObject({
		funnel: { completed: 2 },
		evidence: [{ name: 'ds.pdf' }],
		sites: { sites: 1, sent: 1 }
	});
	// `an` was on the organiser's own list and came over to the site's; nobody is counted twice.
	expect((await getSitePage(admin, siteId)).list).toHaveLength(2);
	expect(await ctx.db.select().from(firstCompletions)).toHaveLength(2);
	const third = as(ctx, anActor('unit_admin', otherCommune));
	const typed = { ...held(otherCommune, [cuong], 'Hội nghị tập huấn kỹ năng số trực tuyến'), isAnother: false };
	await recordIntoParent(third, parent.activityId, typed);
	await recordIntoParent(third, parent.activityId, typed);
	expect((await getClassPage(ctx, parent.activityId)).funnel.completed).toBe(3);
});

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Actor } from '#lib/server/identity/actor.ts';
import { ensureTargets } from '#lib/server/indicators/reference-data.ts';
import { listTargetActivities } from '#lib/server/indicators/list-activities.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import { claimFor, claimOwn } from '#lib/server/training/elsewhere/claim.ts';
import { approveClaim, refuseClaim } from '#lib/server/training/elsewhere/decide.ts';
import { claimFileUrl, getOwnClaims, getUnitClaims } from '#lib/server/training/elsewhere/lists.ts';
import { externalClaims } from '#lib/server/training/elsewhere-tables.ts';
import { recordHeldClass } from '#lib/server/training/held-class.ts';
import { evidenceFiles, participations, trainingActivities } from '#lib/server/training/tables.ts';
import type { ClaimInput } from '#lib/training/elsewhere-input.ts';
import { filterOf } from '../support/indicator-world.ts';
import { as, test } from '../support/test.ts';
import { anActor, aPerson, aProvince, classInput } from '../support/training-world.ts';

const aClaim = (more: Partial<ClaimInput> = {}): ClaimInput => ({
	title: 'Bồi dưỡng kỹ năng số cho báo cáo viên',
	host: 'Bộ Tư pháp',
	kind: 'refresher',
	topics: ['digital_skills'],
	mode: 'online_live',
	startsOn: '2026-09-07',
	endsOn: '2026-09-09',
	teachingPeriods: 16,
	documentNo: '77/GCN-PBGDPL',
	documentDate: null,
	file: new File(['%PDF-1.4 giấy chứng nhận'], 'gcn.pdf'),
	...more
});
const asPerson = (personId: string): Actor => ({
	...{ kind: 'account', accountId: randomUUID(), personId, displayName: 'Người học', grants: [] }
});

test('an approved claim counts for the people trained and never for the online activities', async ({ ctx }) => {
	const { commune, province } = await aProvince(ctx);
	await ensureTargets(ctx.db);
	const [an, binh, cuong] = [
		await aPerson(ctx, commune),
		await aPerson(ctx, commune, 'Trần Thị Bình'),
		await aPerson(ctx, commune, 'Lê Văn Cường')
	];
	const head = as(ctx, anActor('unit_head', commune));
	// One class in a hall of the province's own: 0 of 1 online.
	await recordHeldClass(ctx, {
		...{ ...classInput(commune, null), activityId: randomUUID(), heldOn: '2026-11-18', endedOn: null },
		...{ listed: [cuong], present: [cuong], absenteesWereSummoned: false, walkIns: [], sheets: [] }
	});
	const { claimId } = await claimOwn(as(ctx, asPerson(an)), aClaim());
	const { claimId: other } = await claimOwn(
		as(ctx, asPerson(binh)),
		aClaim({ title: 'BỒI DƯỠNG KỸ NĂNG SỐ cho báo cáo viên' })
	);
	const figures = async () => {
		const page = await getTargetsPage(ctx, filterOf());
		return { trained: page.trained.share, online: page.online.share, external: page.externalCount };
	};
	expect(await figures()).toEqual({ trained: { part: 1, whole: 3 }, online: { part: 0, whole: 1 }, external: 0 });
	await approveClaim(head, claimId);
	await approveClaim(head, other);
	expect(await figures()).toEqual({ trained: { part: 3, whole: 3 }, online: { part: 0, whole: 1 }, external: 1 });
	expect((await listTargetActivities(ctx, filterOf({ mode: 'external' }))).total).toBe(1);
	const [activity] = await ctx.db.select().from(trainingActivities).where(eq(trainingActivities.source, 'external'));
	expect(activity).toMatchObject({ externalHost: 'Bộ Tư pháp', endedOn: '2026-09-09', organiserUnitId: commune.id });
	expect(await ctx.db.select().from(evidenceFiles)).toHaveLength(1);
	expect((await getOwnClaims(as(ctx, asPerson(an)))).claims).toMatchObject([{ state: 'approved' }]);
	expect((await ctx.db.select().from(notifications)).map(({ template }) => template)).toEqual([
		'training.claim_approved',
		'training.claim_approved'
	]);
	await expect(approveClaim(head, claimId)).rejects.toMatchObject({ code: 'training.claim_settled' });
	// The same certificate handed in once more does not make a second completion.
	const { claimId: again } = await claimOwn(as(ctx, asPerson(an)), aClaim());
	await expect(approveClaim(head, again)).rejects.toMatchObject({ code: 'training.claim_counted' });
	expect(await ctx.db.$count(participations)).toBe(3);
	expect(province.name).toBe('Tỉnh Minh Họa');
});

test('a refused claim counts nothing and says why; nobody decides for oneself or for another unit', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const an = await aPerson(ctx, commune);
	const admin = as(ctx, anActor('unit_admin', commune));
	const neighbour = as(ctx, anActor('unit_admin', otherCommune));
	const head = as(ctx, anActor('unit_head', commune));
	const { claimId } = await claimFor(admin, an, aClaim());
	await expect(approveClaim(admin, claimId)).rejects.toMatchObject({ code: 'training.own_claim' });
	await expect(approveClaim(neighbour, claimId)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(claimFor(neighbour, an, aClaim())).rejects.toMatchObject({ code: 'training.person_out_of_scope' });
	await expect(claimFileUrl(neighbour, claimId, 'unit')).rejects.toMatchObject({ kind: 'not_found' });
	expect(await claimFileUrl(head, claimId, 'unit')).toContain('evidence/');
	expect(await getUnitClaims(neighbour)).toEqual([]);
	expect(await getUnitClaims(admin)).toMatchObject([{ isOwn: true, state: 'waiting' }]);
	await refuseClaim(head, { claimId, reason: 'Giấy không ghi tên lớp' });
	expect((await getOwnClaims(as(ctx, asPerson(an)))).claims).toMatchObject([
		{ refuseReason: 'Giấy không ghi tên lớp' }
	]);
	expect(await ctx.db.$count(participations)).toBe(0);
	await expect(
		claimOwn(as(ctx, asPerson(an)), aClaim({ startsOn: '2026-12-01', endsOn: '2026-12-02' }))
	).rejects.toMatchObject({
		code: 'form.date_future'
	});
	await expect(claimOwn(as(ctx, asPerson(an)), aClaim({ file: new File(['MZ'], 'gcn.exe') }))).rejects.toMatchObject({
		code: 'form.file_type'
	});
	expect(await ctx.db.$count(externalClaims)).toBe(1);
});

import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { bookSheet, getCertificate, listBook } from '#lib/server/certificates/book.ts';
import { findBatch, startBatch } from '#lib/server/certificates/batch.ts';
import { checkCertificate } from '#lib/server/certificates/check.ts';
import { classSheet, countIssued, getClassCertificates, setClassPolicy } from '#lib/server/certificates/class-page.ts';
import { certificateJobs } from '#lib/server/certificates/jobs.ts';
import { getOwnCertificate, listOwnCertificates, ownPdf } from '#lib/server/certificates/own.ts';
import { reissueCertificate, revokeCertificate } from '#lib/server/certificates/revoke.ts';
import { saveTemplate } from '#lib/server/certificates/templates.ts';
import { certificates } from '#lib/server/certificates/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import { people } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { completeParticipation } from '#lib/server/training/completion.ts';
import { voidParticipation } from '#lib/server/training/summon.ts';
import { participations } from '#lib/server/training/tables.ts';
import { fold } from '#lib/text/fold.ts';
import type { TemplateInput } from '#lib/certificates/input.ts';
import { runJobs } from '../support/jobs.ts';
import { as, at, test } from '../support/test.ts';
import { aClass, anActor, aProvince, type TestUnit } from '../support/training-world.ts';

const TODAY = '2026-11-20';

const template = (more: Partial<TemplateInput> = {}): TemplateInput => ({
	title: 'Giấy chứng nhận',
	governingBody: 'UBND tỉnh Minh Họa',
	issuingBody: 'Sở Tư pháp',
	place: 'Minh Họa',
	signerTitle: 'Giám đốc',
	signerName: 'Trần Minh Họa',
	numberSuffix: 'GCN',
	completionText: 'Đã hoàn thành lớp tập huấn',
	hasNationalHeading: true,
	hasSealPlace: true,
	policy: 'at_once',
	version: 0,
	logo: undefined,
	removesLogo: false,
	...more
});

const work = (ctx: Context) => runJobs(ctx, certificateJobs);

/** A class with that many people on it; rows are written directly: what leads to them is tested elsewhere. */
async function aClassOf(ctx: Context, unit: TestUnit, count: number, title = 'Lớp kỹ năng số') {
	const activityId = await aClass(ctx, unit, { title });
	const names = Array.from({ length: count }, (_, i) => `Nguyễn Văn An ${i}`);
	const made = await ctx.db
		.insert(people)
		.values(names.map((fullName) => ({ fullName, givenName: fullName.slice(-1), searchName: fold(fullName) })))
		.returning({ id: people.id });
	const personIds = made.map(({ id }) => id);
	const rows = await ctx.db
		.insert(participations)
		.values(personIds.map((personId) => ({ personId, activityId, unitIdThen: unit.id, summonedOn: TODAY })))
		.returning({ id: participations.id });
	return { activityId, personIds, participationIds: rows.map(({ id }) => id) };
}

const complete = (ctx: Context, participationIds: readonly string[], day = TODAY) =>
	ctx.db.transaction(async (tx) => {
		for (const id of participationIds) await completeParticipation(ctx, tx, id, day);
	});

const learner = (personId: string): Actor => ({
	kind: 'account',
	accountId: '00000000-0000-4000-8000-000000000001',
	personId,
	displayName: '',
	grants: []
});

test('whoever completes a class has the certificate at once, and anybody can check it', async ({ ctx }) => {
	const { department } = await aProvince(ctx);
	await saveTemplate(ctx, department.id, template());
	const { activityId, personIds, participationIds } = await aClassOf(ctx, department, 1);
	await complete(ctx, participationIds);
	expect(await work(ctx)).toBe(1);
	const own = as(ctx, learner(personIds[0]!));
	const [certificate] = await listOwnCertificates(own);
	const { number, content } = await getOwnCertificate(own, certificate!.id);
	expect(number).toBe('01/GCN');
	expect(content).toMatchObject({
		fullName: 'Nguyễn Văn An 0',
		unitName: 'Sở Tư pháp',
		endsOn: TODAY,
		issuedOn: TODAY
	});
	const { body } = await ownPdf(own, certificate!.id);
	expect(body.subarray(0, 5).toString()).toBe('%PDF-');
	expect(body.length).toBeLessThan(80_000);
	expect(await ownPdf(own, certificate!.id)).toEqual({ body, name: 'giay-chung-nhan-1-2026.pdf' });
	await expect(ownPdf(as(ctx, learner(department.id)), certificate!.id)).rejects.toMatchObject({ kind: 'not_found' });

	const anybody = as(ctx, { kind: 'anonymous' });
	const typed = content.code.toLowerCase().replace(/.{4}(?=.)/g, '$& ');
	expect(await checkCertificate(anybody, typed)).toEqual({
		fullName: 'Nguyễn Văn An 0',
		className: 'Lớp kỹ năng số',
		issuedOn: TODAY,
		isValid: true
	});
	expect(await checkCertificate(anybody, '000000000000')).toBeUndefined();
	expect(await countIssued(ctx, activityId)).toBe(1);
	const [told] = await ctx.db.select().from(notifications).where(eq(notifications.template, 'certificate.issued'));
	expect(told).toMatchObject({ personId: personIds[0], path: `/my/certificates/${certificate!.id}` });
	await runJobs(ctx, certificateJobs);
	await certificateJobs[0]!.run(ctx, { participationIds } as never, new AbortController().signal);
	expect(await ctx.db.select().from(certificates)).toHaveLength(1);
});

test('fifty certificates issued at once have the numbers from one to fifty', async ({ ctx }) => {
	const { province, department, commune } = await aProvince(ctx);
	await saveTemplate(ctx, province.id, template());
	const [first, second] = [await aClassOf(ctx, department, 25), await aClassOf(ctx, commune, 25)];
	const all = [...first.participationIds, ...second.participationIds];
	await ctx.db.update(participations).set({ completedOn: TODAY, completedRecordedAt: ctx.now });
	const [job] = certificateJobs;
	const again = [...all, ...all.slice(0, 10)]; // some asked for twice, at the same time
	await Promise.all(
		again.map((id) => job!.run(ctx, { participationIds: [id] } as never, new AbortController().signal))
	);
	const rows = await ctx.db.select({ number: certificates.number }).from(certificates);
	const numbers = rows.map(({ number }) => number ?? 0).toSorted((a, b) => a - b);
	expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
	const undone = ctx.db.transaction(async (tx) => {
		await tx.execute(sql`update certificate_number_book set last_number = last_number + 1`);
		throw new Error('undone');
	});
	await expect(undone).rejects.toThrow('undone');
	const { activityId, participationIds } = await aClassOf(at(ctx, '2027-01-05T09:00:00+07:00'), department, 1);
	await ctx.db.execute(sql`update training_activity set due_on = '2027-01-31' where id = ${activityId}`);
	const newYear = at(ctx, '2027-01-05T09:00:00+07:00');
	await complete(newYear, participationIds, '2027-01-05');
	await work(newYear);
	const [january] = await ctx.db.select().from(certificates).where(eq(certificates.year, 2027));
	expect(january?.number).toBe(1);
});

test('certificates wait for approval, and a batch issues them in the order of names with progress', async ({ ctx }) => {
	const { department, commune } = await aProvince(ctx);
	const { activityId, participationIds } = await aClassOf(ctx, department, 5);
	await complete(ctx, participationIds);
	await work(ctx);
	const admin = as(ctx, anActor('unit_admin', department));
	const head = as(ctx, anActor('unit_head', department));
	expect((await getClassCertificates(admin, activityId)).rows.map(({ state }) => state)).toEqual(
		Array.from({ length: 5 }, () => 'waiting')
	);
	await expect(startBatch(head, activityId)).rejects.toMatchObject({ code: 'certificates.no_template' });
	await saveTemplate(admin, department.id, template({ policy: 'after_approval' }));
	await expect(startBatch(admin, activityId)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(startBatch(as(ctx, anActor('unit_head', commune)), activityId)).rejects.toMatchObject({
		kind: 'not_found'
	});
	await startBatch(head, activityId, participationIds.slice(0, 1));
	await expect(startBatch(head, activityId)).rejects.toMatchObject({ code: 'certificates.batch_running' });
	await work(ctx);
	await startBatch(head, activityId);
	await work(ctx);
	expect(await findBatch(head, activityId)).toEqual({ state: 'done', total: 4, done: 4, issued: 4 });
	const page = await getClassCertificates(head, activityId);
	expect(page.counts).toEqual({ completed: 5, issued: 5, owed: 0 });
	const later = page.rows.filter(({ number }) => number !== 1).map(({ number }) => number);
	expect(later).toEqual([2, 3, 4, 5]);
	await expect(startBatch(head, activityId)).rejects.toMatchObject({ code: 'certificates.nothing_to_issue' });
	expect((await classSheet(admin, activityId)).toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(5);
	expect(await listBook(admin, { text: 'nguyen van an 3', page: 1 })).toMatchObject({ total: 1 });
	expect(await listBook(as(ctx, anActor('unit_admin', commune)), { page: 1 })).toMatchObject({ total: 0 });
	expect((await bookSheet(admin, {})).rows).toHaveLength(5);
});

test('a class may depart from its organiser, and old or foreign completions get nothing by themselves', async ({
	ctx
}) => {
	const { department } = await aProvince(ctx);
	await saveTemplate(ctx, department.id, template());
	const none = await aClassOf(ctx, department, 1, 'Không cấp');
	await setClassPolicy(as(ctx, anActor('unit_admin', department)), none.activityId, 'never');
	await complete(ctx, none.participationIds);
	const old = await aClassOf(ctx, department, 1, 'Nhập muộn');
	await ctx.db.execute(sql`update training_activity set starts_on = '2026-01-05' where id = ${old.activityId}`);
	await complete(ctx, old.participationIds, '2026-02-01');
	const conference = await aClassOf(ctx, department, 1, 'Hội nghị');
	await ctx.db.execute(sql`update training_activity set kind = 'conference' where id = ${conference.activityId}`);
	await complete(ctx, conference.participationIds);
	await work(ctx);
	expect(await ctx.db.select().from(certificates)).toEqual([]);
	await startBatch(ctx, old.activityId);
	await work(ctx);
	expect(await ctx.db.select().from(certificates)).toHaveLength(1);
});

test('revoking and reissuing keep both numbers, and a completion taken back revokes', async ({ ctx }) => {
	const { department } = await aProvince(ctx);
	await saveTemplate(ctx, department.id, template());
	const { personIds, participationIds } = await aClassOf(ctx, department, 1);
	await complete(ctx, participationIds);
	await work(ctx);
	const head = as(ctx, anActor('unit_head', department));
	const [wrong] = await ctx.db.select().from(certificates);
	await ctx.db.update(people).set({ fullName: 'Nguyễn Văn Ân' }).where(eq(people.id, personIds[0]!));
	expect((await getCertificate(head, wrong!.id)).certificate.isNameChanged).toBe(true);
	const unitAdmin = as(ctx, anActor('unit_admin', department));
	await expect(revokeCertificate(unitAdmin, wrong!.id, 'Sai tên')).rejects.toMatchObject({ kind: 'forbidden' });
	const { certificateId } = await reissueCertificate(head, wrong!.id, 'Sai họ tên');
	const reissued = await getCertificate(head, certificateId);
	expect(reissued).toMatchObject({ certificate: { number: '02/GCN' }, replaces: { number: '01/GCN' } });
	expect(await checkCertificate(ctx, wrong!.code!)).toMatchObject({ isValid: false, fullName: 'Nguyễn Văn An 0' });
	expect(await checkCertificate(ctx, reissued.certificate.code!)).toMatchObject({ fullName: 'Nguyễn Văn Ân' });
	const own = await getOwnCertificate(as(ctx, learner(personIds[0]!)), wrong!.id);
	expect(own).toMatchObject({ isRevoked: true, replacedBy: certificateId });

	await voidParticipation(ctx, {
		participationId: participationIds[0]!,
		reason: 'Nhập nhầm người'
	});
	await work(ctx);
	expect((await getCertificate(head, certificateId)).certificate.state).toBe('revoked');
	await expect(reissueCertificate(head, certificateId, 'Cấp lại')).rejects.toMatchObject({
		code: 'certificates.no_completion'
	});
	const states = await ctx.db.select({ n: certificates.number, state: certificates.state }).from(certificates);
	expect(states.toSorted((a, b) => (a.n ?? 0) - (b.n ?? 0))).toEqual([
		{ n: 1, state: 'revoked' },
		{ n: 2, state: 'revoked' }
	]);
});

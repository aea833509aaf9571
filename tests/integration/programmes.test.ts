import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { ProgrammeInput } from '#lib/catalogue/programme-input.ts';
import { addProgramme, changeProgramme, listProgrammes, retireProgramme } from '#lib/server/catalogue/programmes.ts';
import { courseVersions } from '#lib/server/catalogue/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { getProgrammePage } from '#lib/server/learning/programme-page.ts';
import { getOwnTranscript, getTranscriptOf } from '#lib/server/learning/transcript.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { participations } from '#lib/server/training/tables.ts';
import { as, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince, aPublishedCourse } from '../support/training-world.ts';

async function courseOf(ctx: Context, versionId: string): Promise<string> {
	const [row] = await ctx.db.select().from(courseVersions).where(eq(courseVersions.id, versionId));
	return row!.courseId;
}

test('a programme changes by versions, and the transcript counts what was completed of it', async ({ ctx }) => {
	const { province, department, commune, otherCommune } = await aProvince(ctx);
	const versions = [await aPublishedCourse(ctx, department, 'Một'), await aPublishedCourse(ctx, department, 'Hai')];
	const [one = '', two = ''] = await Promise.all(versions.map((version) => courseOf(ctx, version)));
	const manager = as(ctx, anActor('province_admin', province));
	const facts = { title: 'Chương trình số', summary: null, documentNo: null, documentDate: null };
	const input = (more: Partial<ProgrammeInput>): ProgrammeInput => ({
		...{ ...facts, courses: [one, two], optional: [], number: 0 },
		...more
	});
	const id = await addProgramme(manager, { ...input({}), unitId: province.id });
	await expect(
		addProgramme(as(ctx, anActor('unit_admin', commune)), { ...input({}), unitId: commune.id })
	).rejects.toMatchObject({ code: 'identity.not_permitted' });
	await changeProgramme(manager, id, input({ courses: [two, one], optional: [two], number: 1 }));
	await expect(changeProgramme(manager, id, input({ number: 1 }))).rejects.toMatchObject({ code: 'form.stale' });
	const personId = await aPerson(ctx, commune);
	const own: Actor = { kind: 'account', accountId: personId, personId, displayName: 'An', grants: [] };
	const done = { personId, unitIdThen: commune.id, summonedOn: '2025-12-01', completedRecordedAt: ctx.now };
	await ctx.db.insert(participations).values([
		{
			...done,
			activityId: await aClass(ctx, department, { courseVersionId: versions[0]! }),
			completedOn: '2026-01-05'
		},
		{ ...done, activityId: await aClass(ctx, department, { mode: 'in_person' }), completedOn: '2025-12-30' }
	]);
	const page = await getProgrammePage(as(ctx, own), id);
	expect(page.programme).toMatchObject({
		number: 2,
		courses: [
			{ title: 'Hai', isRequired: false, isDone: false },
			{ title: 'Một', isRequired: true, isDone: true }
		]
	});
	const transcript = await getOwnTranscript(as(ctx, own));
	expect(transcript.years.map(({ year, periods }) => [year, periods])).toEqual([
		['2026', 8],
		['2025', 8]
	]);
	expect(transcript.programmes).toEqual([{ id, title: 'Chương trình số', part: 1, whole: 1 }]);
	expect(await getTranscriptOf(as(ctx, anActor('unit_admin', commune)), personId)).toEqual(transcript);
	await expect(getTranscriptOf(as(ctx, anActor('unit_admin', otherCommune)), personId)).rejects.toMatchObject({
		kind: 'not_found'
	});
	await retireProgramme(manager, id);
	expect(await listProgrammes(manager)).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { ScormSettings } from '#lib/scorm/settings.ts';
import { courseVersions, lessons, lessonVersions, modules } from '#lib/server/catalogue/tables.ts';
import { createSession, hashToken } from '#lib/server/identity/sessions.ts';
import { accounts } from '#lib/server/identity/tables.ts';
import { launchScorm } from '#lib/server/learning/scorm.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addPackage, beginUpload, finishUpload } from '#lib/server/scorm/import.ts';
import { packageJobs } from '#lib/server/scorm/jobs.ts';
import { sourceKey } from '#lib/server/scorm/keys.ts';
import { findRevision } from '#lib/server/scorm/access.ts';
import { runJobs } from './jobs.ts';
import { aLearningWorld, anotherLearner, type LearningWorld } from './learning-world.ts';

/** A learner who is signed in, in an open class whose course has one lesson of a package. */
export type ScormWorld = LearningWorld &
	Readonly<{ lessonId: string; packageId: string; sessionToken: string; sessionId: Buffer; ctx: Context }>;

/** The course has this one lesson, so completing it completes the class. Time is the machine's own. */
export async function aScormWorld(
	services: Context,
	zip: Uint8Array | string,
	settings: Partial<ScormSettings> = {}
): Promise<ScormWorld> {
	const ctx = { ...services, now: new Date() };
	const world = await aLearningWorld(ctx, { lecturesS: [] });
	const packageId = await aReadyPackage(ctx, world.unitId, zip);
	const lessonId = await aScormLesson(ctx, world.courseVersionId, packageId, settings);
	await ctx.db.update(accounts).set({ noticeVersion: 99 }).where(eq(accounts.id, world.accountId));
	const { token } = await createSession(ctx.db, {
		accountId: world.accountId,
		isSharedMachine: false,
		now: new Date()
	});
	return {
		...world,
		lessonId,
		packageId,
		sessionToken: token,
		sessionId: hashToken(token),
		ctx: { ...ctx, actor: world.learner }
	};
}

/** Another learner of the same class, signed in. */
export async function anotherScormLearner(world: ScormWorld): Promise<ScormWorld> {
	const ctx = { ...world.ctx, now: new Date() };
	const { personId, accountId, participationId } = await anotherLearner(ctx, world);
	const { token } = await createSession(ctx.db, { accountId, isSharedMachine: false, now: ctx.now });
	await ctx.db.update(accounts).set({ noticeVersion: 99 }).where(eq(accounts.id, accountId));
	const learner = { kind: 'account' as const, accountId, personId, displayName: 'Hùng', grants: [] };
	const own = { learner, personId, accountId, participationId, sessionToken: token, sessionId: hashToken(token) };
	return { ...world, ...own, ctx: { ...ctx, actor: learner } };
}

/** A package whose revision 1 is in force. */
async function aReadyPackage(ctx: Context, unitId: string, zip: Uint8Array | string): Promise<string> {
	const packageId = await addPackage(ctx, ctx.db, { unitId, title: 'Gói' });
	const target = await beginUpload(ctx, packageId);
	if (typeof zip === 'string') await ctx.storage.putFile(sourceKey(target), zip, { contentType: 'application/zip' });
	else await ctx.storage.put(sourceKey(target), zip, { contentType: 'application/zip' });
	await finishUpload(ctx, target, { name: 'goi.zip', sizeBytes: 1 });
	await runJobs(ctx, packageJobs);
	const revision = await findRevision(ctx.db, target);
	if (revision?.state !== 'ready') throw new Error(`not imported: ${revision?.failureCode}`);
	return packageId;
}

async function aScormLesson(ctx: Context, versionId: string, packageId: string, scormSettings: Partial<ScormSettings>) {
	const [version] = await ctx.db.select().from(courseVersions).where(eq(courseVersions.id, versionId));
	const [module] = await ctx.db.select().from(modules).where(eq(modules.courseVersionId, versionId));
	const [lesson] = await ctx.db.insert(lessons).values({ courseId: version!.courseId }).returning();
	await ctx.db.insert(lessonVersions).values({
		...{
			lessonId: lesson!.id,
			moduleId: module!.id,
			position: 1,
			title: `Bài ${randomUUID().slice(0, 4)}`,
			kind: 'scorm'
		},
		...{ packageId, packageRevision: 1, scormSettings }
	});
	return lesson!.id;
}

/** Opens the lesson as its learner; the token of the launch. */
export async function aLaunch({ ctx, participationId, lessonId, sessionId }: ScormWorld): Promise<string> {
	const { path } = await launchScorm({ ...ctx, now: new Date() }, { participationId, lessonId, sessionId });
	return path.split('/')[2]!;
}

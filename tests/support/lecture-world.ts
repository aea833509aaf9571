import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { Upload } from 'tus-js-client';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { createSession } from '#lib/server/identity/sessions.ts';
import { accounts, roleGrants } from '#lib/server/identity/tables.ts';
import { addLecture, beginUpload } from '#lib/server/lectures/service.ts';
import { units } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { findFfmpeg } from './programs.ts';

const run = promisify(execFile);

/** A trainer with a session, and a lecture that waits for its file. */
export type LectureWorld = Readonly<{
	unitId: string;
	trainer: Actor;
	/** The `Cookie` header of the trainer's browser. */
	cookie: string;
	lectureId: string;
	/** Name of the upload in its address. */
	uploadId: string;
	/** Folder of the lecture's objects. */
	prefix: string;
}>;

/** One unit, one trainer who is signed in now, one lecture with an upload begun. */
export async function aLectureWorld(ctx: Context): Promise<LectureWorld> {
	const code = `U-${randomUUID().slice(0, 8)}`;
	const [unit] = await ctx.db.insert(units).values({ code, path: '1' }).returning();
	const unitId = unit!.id;
	const [account] = await ctx.db
		.insert(accounts)
		.values({ displayName: 'Giảng viên', username: code, noticeVersion: NOTICE_VERSION })
		.returning();
	const accountId = account!.id;
	await ctx.db.insert(roleGrants).values({ accountId, role: 'trainer', unitId, validFrom: '2025-07-01' });
	const { token } = await createSession(ctx.db, { accountId, isSharedMachine: false, now: new Date() });
	const trainer: Actor = {
		kind: 'account',
		accountId,
		displayName: 'Giảng viên',
		grants: [{ role: 'trainer', unitId, unitPath: '1' }]
	};
	const lectureId = await addLecture({ ...ctx, actor: trainer }, ctx.db, { unitId, title: 'Bài 1' });
	const { revision } = await beginUpload({ ...ctx, actor: trainer, now: new Date() }, lectureId);
	return {
		unitId,
		trainer,
		cookie: `session=${token}`,
		lectureId,
		uploadId: `lecture-${lectureId}.${revision}`,
		prefix: `lectures/${lectureId}/${revision}/`
	};
}

/** A clip with picture and tone drawn by ffmpeg; `height` and `seconds` decide how long its transcoding takes. */
export async function drawClip(folder: string, { seconds = 3, height = 240 } = {}): Promise<string> {
	const file = path.join(folder, `clip-${height}-${seconds}.mp4`);
	const width = Math.round((height * 16) / 9 / 2) * 2;
	const inputs = ['-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:d=${seconds}:r=25`];
	const tone = ['-f', 'lavfi', '-i', `sine=d=${seconds}`];
	const how = ['-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-shortest'];
	await run(findFfmpeg() ?? 'ffmpeg', ['-v', 'error', '-y', ...inputs, ...tone, ...how, file]);
	return file;
}

/** How the page sends a file, with its waits shortened; resolves when the server has all of it. */
export type Sending = Readonly<{ done: Promise<void>; sentBytes(): number; tries(): number; stop(): Promise<void> }>;

/** Sends bytes as the upload page does (tus), going on after every failure that may pass. */
export function send(
	bytes: Buffer,
	url: string,
	world: LectureWorld,
	{ isResumed = false, chunkSize = 2 * 1024 * 1024, filename = 'Bài 1.mp4' } = {}
): Sending {
	let [sent, tries] = [0, 0];
	let upload: Upload | undefined;
	const done = new Promise<void>((resolve, reject) => {
		upload = new Upload(bytes, {
			endpoint: `${url}/uploads`,
			uploadUrl: isResumed ? `${url}/uploads/${world.uploadId}` : null,
			headers: { cookie: world.cookie, 'sec-fetch-site': 'same-origin' },
			metadata: { upload: world.uploadId, filename },
			chunkSize,
			retryDelays: Array.from({ length: 200 }, () => 250),
			storeFingerprintForResuming: false,
			onProgress: (now) => (sent = now),
			onShouldRetry: (error) => {
				tries++;
				const status = error.originalResponse?.getStatus() ?? 0;
				return status === 0 || [409, 423, 429].includes(status) || (status >= 500 && status !== 507);
			},
			onError: reject,
			onSuccess: () => resolve()
		});
		upload.start();
	});
	return { done, sentBytes: () => sent, tries: () => tries, stop: async () => void (await upload?.abort()) };
}

/** Keys below a prefix, without it, in order. */
export async function keysBelow(ctx: Context, prefix: string): Promise<string[]> {
	const found: string[] = [];
	for await (const { key } of ctx.storage.list(prefix)) found.push(key.slice(prefix.length));
	return found;
}

/** What a lecture of small pictures with sound consists of in the store. */
export const SMALL_LECTURE = [
	'240p.m3u8',
	'240p.mp4',
	'audio.m3u8',
	'audio.mp4',
	'fallback.mp4',
	'poster.jpg',
	'source',
	'storyboard.jpg'
];

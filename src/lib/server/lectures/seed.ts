import fs from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { SAMPLE_MEDIA, slideTimes } from './demo/compose.ts';
import { KC01_LECTURES, type SampleLecture } from './demo/kc01-lessons.ts';
import { sampleCaptions, sampleChapters } from './demo/sample-captions.ts';
import './demo/compose-job.ts';
import { insertCues } from './captions.ts';
import { documentPrefix } from './keys.ts';
import { captions, documents, lectureRevisions, lectures } from './tables.ts';

/** A sample lecture with its outline, for the course's seed. */
export type SeededLecture = Readonly<{
	key: string;
	title: string;
	lectureId: string;
	documentId: string;
	minutes: number;
}>;

/**
 * Puts the sample lectures of KC01 down and asks the workers to draw and transcode them; outlines and captions are there
 * at once.
 */
export async function seedLectures(ctx: Context, tx: Database, unitId: string): Promise<SeededLecture[]> {
	const seeded: SeededLecture[] = [];
	for (const [i, lecture] of KC01_LECTURES.entries()) {
		const { key, title } = lecture;
		const lectureId = seedId(`lecture ${key}`);
		await tx.insert(lectures).values({ id: lectureId, unitId, title, chapters: sampleChapters(lecture) });
		await tx.insert(lectureRevisions).values({ lectureId, revision: 1, state: 'awaiting_upload' });
		if (i < ctx.config.demoLectures) await ctx.queue.send(tx, 'lectures.compose_sample', { lectureId, key });
		await seedCaptions(tx, lectureId, lecture);
		const documentId = await seedOutline(ctx, tx, unitId, lecture);
		const seconds = slideTimes(lecture).reduce((sum, time) => sum + time, 0);
		seeded.push({ key, title, lectureId, documentId, minutes: Math.ceil(seconds / 60) });
	}
	return seeded;
}

async function seedCaptions(tx: Database, lectureId: string, lecture: SampleLecture): Promise<void> {
	await tx.insert(captions).values({ lectureId, language: 'vi', state: 'published', origin: 'file' });
	await insertCues(tx, lectureId, 'vi', sampleCaptions(lecture));
}

async function seedOutline(ctx: Context, tx: Database, unitId: string, { key, title }: SampleLecture): Promise<string> {
	const id = seedId(`outline ${key}`);
	const bytes = await fs.readFile(path.join(SAMPLE_MEDIA, `${key}.pdf`));
	const storageKey = `${documentPrefix(id)}file.pdf`;
	await ctx.storage.put(storageKey, bytes, { contentType: 'application/pdf' });
	await tx.insert(documents).values({
		...{ id, unitId, storageKey, kind: 'pdf', contentType: 'application/pdf', state: 'ready' },
		name: `Đề cương ${title.replace(/^Bài (\d+)\. .*/, 'bài $1')}.pdf`,
		sizeBytes: bytes.byteLength
	});
	return id;
}

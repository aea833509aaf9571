import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { fold } from '#lib/text/fold.ts';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { extractText } from './extract-text.ts';
import { factsText, newestFile } from './read.ts';
import { resources } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'library.index': { resourceId: string };
	}
}

/** Reads the words of a resource's newest file into its search text. A file that cannot be read is found by its facts. */
const indexJob = defineJob({
	name: 'library.index',
	queue: { retryLimit: 2, retryDelay: 10, expireInSeconds: 10 * 60 },
	concurrency: 1,
	async run({ db, storage }, { resourceId }) {
		const [resource] = await db.select().from(resources).where(eq(resources.id, resourceId));
		const file = await newestFile(db, resourceId);
		if (!resource || !file) return;
		const bytes = await buffer(await storage.get(file.storageKey));
		const text = await extractText(bytes, file.contentType).catch((error: unknown) => {
			log.warn({ resourceId, error: String(error) }, 'no text could be read from a file of the library');
			return '';
		});
		await db
			.update(resources)
			.set({ searchText: fold(`${factsText(resource)} ${text}`) })
			.where(eq(resources.id, resourceId));
	}
});

/** Jobs of this module, for entry/jobs.ts. */
export const libraryJobs = [indexJob];

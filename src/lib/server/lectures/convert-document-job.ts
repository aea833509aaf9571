import { eq } from 'drizzle-orm';
import fs from 'node:fs/promises';
import path from 'node:path';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { documentPrefix } from './keys.ts';
import { findDocument } from './queries.ts';
import { convertToPdf, findSoffice } from '../platform/office/soffice.ts';
import { documents } from './tables.ts';

/** Makes the PDF that pages show of an office file. Where that fails the file is still there to download. */
export const convertDocument = defineJob({
	name: 'lectures.convert_document',
	queue: { retryLimit: 3, retryDelay: 10, retryBackoff: true, expireInSeconds: 10 * 60, heartbeatSeconds: 30 },
	async run(ctx, { documentId }, signal) {
		const document = await findDocument(ctx.db, documentId);
		if (document?.state !== 'converting') return;
		const soffice = await findSoffice(ctx.config);
		const parent = path.join(ctx.config.dataDir, 'tmp');
		await fs.mkdir(parent, { recursive: true, mode: 0o700 });
		const folder = await fs.mkdtemp(path.join(parent, 'document-'));
		try {
			const source = path.join(folder, `source${path.extname(document.storageKey)}`);
			await ctx.storage.getFile(document.storageKey, source, { signal });
			const pdf = soffice && (await convertToPdf(soffice, source, path.join(folder, 'out'), signal));
			const pdfKey = pdf ? `${documentPrefix(documentId)}file-view.pdf` : null;
			if (pdf && pdfKey) await ctx.storage.putFile(pdfKey, pdf, { contentType: 'application/pdf', signal });
			else log.warn({ documentId }, 'no PDF could be made of an office file');
			await ctx.db
				.update(documents)
				.set({ pdfKey, state: pdfKey ? 'ready' : 'download_only' })
				.where(eq(documents.id, documentId));
		} finally {
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});

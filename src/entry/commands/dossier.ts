import fs from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '#lib/server/platform/database.ts';
import { type Command, UsageError } from '../command.ts';
import { writeDossier } from '../machine/dossier.ts';
import { examine } from '../machine/examine.ts';

/** The draft that an agency completes and signs when it proposes the security level of its system. */
export const command: Command = {
	summary: 'Lập dự thảo hồ sơ đề xuất cấp độ / Draft the security level dossier',
	usage: 'FILE.docx',
	details: [
		'Điền từ cài đặt đang chạy; chỗ trống do cơ quan điền / Filled from this installation; blanks are the agency’s.'
	],
	async run({ bare, positionals: [file] }) {
		if (!file?.endsWith('.docx')) throw new UsageError('FILE.docx');
		const config = await bare();
		const pool = openDatabase(config.databaseUrl, { max: 1, applicationName: 'dossier' });
		try {
			const findings = await examine({ sql: pool.sql, config });
			const bytes = await writeDossier({ sql: pool.sql, config, findings, now: new Date() });
			const made = path.resolve(file);
			await fs.writeFile(made, bytes);
			return { text: `✓ ${made}`, data: { file: made, sizeBytes: bytes.byteLength } };
		} finally {
			await pool.close();
		}
	}
};

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DomainError } from '../platform/errors.ts';
import { readSheet } from './roster-file/workbook.ts';

/** Lines that a list of units may have; a province has some hundreds. */
const MAX_LINES = 5000;

/**
 * The rows of an uploaded table of units as text.
 * @throws {DomainError} `invalid` `organisation.*` when it is no workbook or too long
 */
export async function readUnitTable(bytes: Uint8Array): Promise<string[][]> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'units-'));
	try {
		const file = path.join(folder, 'units.xlsx');
		await fs.writeFile(file, bytes);
		const { rows } = await readSheet(file);
		if (rows.length > MAX_LINES) throw new DomainError('invalid', 'organisation.file_too_many_rows', { n: MAX_LINES });
		return rows.map(({ cells }) => [0, 1, 2, 3].map((column) => String(cells[column] ?? '')));
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

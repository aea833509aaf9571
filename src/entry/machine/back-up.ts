import path from 'node:path';
import type { Manifest } from '#lib/server/platform/backup/backup-set.ts';
import { makeBackup } from '#lib/server/platform/backup/make.ts';
import type { Config } from '#lib/server/platform/config.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { knownMigrations } from '#lib/server/platform/migrations.ts';
import { openObjectStore } from '#lib/server/platform/storage/open.ts';
import { formatCount } from '#lib/i18n/format.ts';
import { NOT_KEPT, productVersion } from './product.ts';
import { systemEvent } from './system-event.ts';

type Made = Readonly<{ set: string; manifest: Manifest; rows: number; lines: readonly string[] }>;

/** Makes a set in `folder` for a command, and the lines that tell of it. */
export async function backUp(
	config: Config,
	folder: string,
	{ withObjects, note }: { withObjects: boolean; note(text: string): void }
): Promise<Made> {
	const database = openDatabase(config.databaseUrl, { max: 2, applicationName: 'backup' });
	try {
		const { set, manifest } = await makeBackup({
			pool: database.sql,
			storage: openObjectStore(config),
			config,
			product: await productVersion(),
			folder,
			now: new Date(),
			leftOut: NOT_KEPT,
			withObjects,
			note
		});
		const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
		const missing = manifest.missingObjects.length;
		const objects = manifest.objects?.count ?? null;
		// Before an upgrade the tables may not be this version's yet.
		if (manifest.migrations.join() === knownMigrations().join())
			await systemEvent(database.db, 'system.backup_made', { set: path.basename(set), rows, objects, missing });
		return { set, manifest, rows, lines: describe(set, manifest, rows) };
	} finally {
		await database.close();
	}
}

function describe(set: string, { tables, jobs, objects, missingObjects }: Manifest, rows: number): string[] {
	const kept = objects
		? `${formatCount(objects.count)} tệp / objects, ${formatCount(objects.bytes)} byte`
		: 'không có tệp / without objects';
	const lines = [
		`✓ ${set}`,
		`  ${formatCount(tables.length)} bảng / tables, ${formatCount(rows)} dòng / rows, ${jobs} việc đang chờ / waiting jobs`,
		`  ${kept}`
	];
	if (missingObjects.length === 0) return lines;
	const some = missingObjects.slice(0, 5).join(', ');
	return [...lines, `! ${missingObjects.length} tệp không có trong kho / named objects are not in the store: ${some}`];
}

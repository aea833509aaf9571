import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { fileKey } from '../keys.ts';
import { isOfToken, keepAlive, LAUNCH_COLUMNS, type Launch } from './launches.ts';

/** A file of a package that a launch may fetch. `etag` names its content for good: revisions never change. */
export type ContentFile = Readonly<{ key: string; contentType: string; sizeBytes: number; etag: string }>;

type Row = Launch & { number: number | null; contentType: string; sizeBytes: string };

/**
 * The file at a path of the launch's package. Where the path as written is none, one that differs only in case or Unicode
 * form: packages are made on systems that do not mind.
 * @returns `over` when the launch has ended or was silent for too long
 */
export async function findFile(db: Database, token: string, path: string): Promise<ContentFile | 'over' | undefined> {
	const row = (await look(db, token, sql`f.path = ${path}`))[0];
	if (!row || row.isEnded || row.isIdle) return 'over';
	await keepAlive(db, row);
	if (row.number !== null) return toFile(row);
	const near = await look(db, token, sql`lower(normalize(f.path, NFC)) = lower(normalize(${path}::text, NFC))`);
	return near.length === 1 && near[0]!.number !== null ? toFile(near[0]!) : undefined;
}

function look(db: Database, token: string, isFile: ReturnType<typeof sql>) {
	return db.execute<Row>(sql`
		select ${LAUNCH_COLUMNS}, f.number, f.content_type as "contentType", f.size_bytes as "sizeBytes"
		from scorm_launch l left join scorm_file f
			on f.package_id = l.package_id and f.revision = l.revision and ${isFile}
		where ${isOfToken(token)} limit 2`);
}

function toFile({ packageId, revision, number, contentType, sizeBytes }: Row): ContentFile {
	const key = fileKey({ packageId, revision }, number!);
	return { key, contentType, sizeBytes: Number(sizeBytes), etag: `"${packageId}.${revision}.${number}"` };
}

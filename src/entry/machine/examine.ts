import fs from 'node:fs/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { formatDateTime } from '#lib/i18n/format.ts';
import { verifyChain } from '#lib/server/audit/chain.ts';
import { openNumberVault } from '#lib/server/organisation/personal-numbers.ts';
import type { Config } from '#lib/server/platform/config.ts';
import { scannerVersion, takesFilesOf } from '#lib/server/platform/files/scan.ts';
import { compareMigrations } from '#lib/server/platform/migrations.ts';
import { findSoffice } from '#lib/server/platform/office/soffice.ts';
import { openObjectStore } from '#lib/server/platform/storage/open.ts';
import { compareDerived } from '#lib/server/training/derived.ts';

/** What the checks look at; nothing is migrated or made for them. */
type World = Readonly<{ sql: Sql; config: Config }>;

/** `problem` makes the exit status 1; `warning` is a part that the product works without. */
export type Finding = Readonly<{ part: string; state: 'ok' | 'warning' | 'problem'; says: string }>;

const GIB = 1024 ** 3;

/** Turns what a check throws into a finding. */
export async function look(
	part: string,
	ifMissing: 'warning' | 'problem',
	check: () => Promise<string>
): Promise<Finding> {
	try {
		return { part, state: 'ok', says: await check() };
	} catch (error) {
		const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		return { part, state: ifMissing, says: reason instanceof Error ? reason.message : String(reason) };
	}
}

async function database({ sql }: World): Promise<string> {
	const [row] = await sql`select current_setting('server_version') as version`;
	const { pending, unknown } = await compareMigrations(sql);
	const says = `PostgreSQL ${row?.version}`;
	if (unknown)
		throw new Error(`${says}: ${unknown} bước nâng cấp của phiên bản mới hơn / migrations of a newer version`);
	if (pending) throw new Error(`${says}: còn / lacks ${pending} migration(s); npm run cli -- upgrade`);
	return says;
}

/** A job that could have begun this long ago means that nobody works. */
const LONGEST_WAIT_S = 10 * 60;

async function queue({ sql }: World): Promise<string> {
	const [row] = await sql<{ waiting: number; failed: number; lag: number }[]>`
		select count(*) filter (where state in ('created', 'retry', 'active'))::int as waiting,
			count(*) filter (where state = 'failed')::int as failed,
			coalesce(max(extract(epoch from now() - start_after)) filter (where state in ('created', 'retry')), 0)::int as lag
		from pgboss.job`;
	const { waiting = 0, failed = 0, lag = 0 } = row ?? {};
	const says = `${waiting} đang chờ hoặc đang chạy / waiting or running, ${failed} thất bại / failed`;
	if (lag > LONGEST_WAIT_S) throw new Error(`${says}; chờ lâu nhất / longest wait ${Math.round(lag / 60)} phút / min`);
	return says;
}

/** Sets older than this are no backup. */
const OLDEST_BACKUP_DAYS = 8;

async function lastBackup({ sql }: World): Promise<string> {
	const [row] = await sql<{ ms: number | null }[]>`
		select (extract(epoch from max(at)) * 1000)::float8 as ms from audit_event where action = 'system.backup_made'`;
	if (!row?.ms) throw new Error('chưa có bản nào / never made; npm run cli -- backup DIR');
	const says = formatDateTime(new Date(row.ms));
	if (Date.now() - row.ms > OLDEST_BACKUP_DAYS * 86_400_000) throw new Error(`cũ / old: ${says}`);
	return says;
}

/** The key in use opens what it sealed: one lost or changed is noticed before somebody needs a number. */
async function secretKey({ sql, config }: World): Promise<string> {
	const [row] = await sql<{ sealed: Buffer }[]>`select personal_number_encrypted as sealed from person
		where personal_number_encrypted is not null limit 1`;
	if (!row) return 'chưa dùng / not used yet';
	try {
		openNumberVault(config).open(row.sealed);
	} catch {
		throw new Error('không mở được số định danh đã lưu / does not open stored personal numbers');
	}
	return 'đúng / fits';
}

/** The chain of the audit log; walks a million entries in seconds. */
async function auditChain({ sql, config }: World): Promise<string> {
	const { links, waiting, brokenAt } = await verifyChain(drizzle(sql), config);
	if (brokenAt !== null) throw new Error(`không khớp từ mắt xích ${brokenAt} / does not fit from link ${brokenAt} on`);
	return `${links} mục khớp / entries fit, ${waiting} chờ nối / to be linked`;
}

/** The figures rest on these: rows changed behind the product's back, or a fault of ours, show here. */
async function derivedRows({ sql }: World): Promise<string> {
	const differences = Object.entries(await compareDerived(drizzle(sql))).filter(([, count]) => count > 0);
	if (differences.length === 0) return 'khớp dữ liệu gốc / fit what they are derived from';
	const told = differences.map(([table, count]) => `${table} ${count}`).join(', ');
	throw new Error(`lệch / differ: ${told}; npm run cli -- recompute`);
}

async function clock({ sql }: World): Promise<string> {
	const [row] = await sql<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
	const apartS = Math.abs(Date.now() - (row?.ms ?? 0)) / 1000;
	if (apartS > 5) throw new Error(`lệch cơ sở dữ liệu ${apartS.toFixed(0)} s / away from the database’s`);
	return new Date().toISOString();
}

async function address({ config }: World): Promise<string> {
	const { origin } = config;
	if (!origin) return `http://localhost:${config.port}`;
	if (!/^https:|^http:\/\/localhost/.test(origin)) throw new Error(`${origin}: cần https / should be https`);
	return origin;
}

async function storage({ config }: World): Promise<string> {
	await openObjectStore(config).check();
	return config.s3 ? `S3 ${config.s3.endpoint ?? config.s3.region} (${config.s3.bucket})` : `${config.dataDir}/objects`;
}

async function room({ config }: World): Promise<string> {
	const { bavail, bsize } = await fs.statfs(config.dataDir);
	const free = `${((bavail * bsize) / GIB).toFixed(1)} GiB trống / free`;
	if (bavail * bsize < GIB) throw new Error(`chỉ còn / only ${free}`);
	return free;
}

/** Which ffmpeg is used; needs no database. */
export async function ffmpeg(): Promise<string> {
	const { version, ffmpegPath, sandbox } = await findFfmpeg();
	return `${version} (${ffmpegPath})${sandbox.bwrap ? ', bubblewrap' : ''}`;
}

async function soffice({ config }: World): Promise<string> {
	const found = await findSoffice(config);
	if (!found) throw new Error('không có; PPTX, DOCX chỉ để tải về / missing; PPTX and DOCX are for download only');
	return found;
}

async function speech({ config: { speechCommand } }: World): Promise<string> {
	if (!speechCommand)
		throw new Error('không có; không tạo phụ đề tự động / none; no captions are drafted (SPEECH_COMMAND)');
	await fs.access(speechCommand, fs.constants.X_OK);
	return speechCommand;
}

async function scanner({ config }: World): Promise<string> {
	if (!config.scanner) throw new Error('không có; tệp không được quét / none; files are not scanned (SCAN_CLAMD)');
	const version = await scannerVersion(config.scanner);
	const size = `${Math.floor(config.formMaxBytes / 1024 ** 2)} MB`;
	if (await takesFilesOf(config.scanner, config.formMaxBytes)) return `${version}; ${size}`;
	throw new Error(`${version}: không nhận tệp / does not take files of ${size} (StreamMaxLength, MaxFileSize)`);
}

async function web({ config }: World): Promise<string> {
	const address = config.origin ?? `http://localhost:${config.port}`;
	const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5_000) });
	if (!answer.ok) throw new Error(`${address}: HTTP ${answer.status}`);
	return address;
}

/** The parts of the installation, in the order of how much depends on them. */
export async function examine(world: World): Promise<Finding[]> {
	return [
		{ part: 'Node', state: 'ok', says: process.version },
		await look('Cơ sở dữ liệu / Database', 'problem', () => database(world)),
		await look('Hàng đợi / Queue', 'problem', () => queue(world)),
		await look('Kho tệp / Object store', 'problem', () => storage(world)),
		await look('Ổ đĩa / Disk', 'problem', () => room(world)),
		await look('SECRET_KEY', 'problem', () => secretKey(world)),
		await look('ffmpeg', 'problem', ffmpeg),
		await look('LibreOffice', 'warning', () => soffice(world)),
		await look('Nhận dạng tiếng nói / Speech recognition', world.config.speechCommand ? 'problem' : 'warning', () =>
			speech(world)
		),
		await look('Quét vi-rút / Virus scanner', world.config.scanner ? 'problem' : 'warning', () => scanner(world)),
		await look('Nhật ký / Audit log', 'problem', () => auditChain(world)),
		await look('Số liệu dẫn xuất / Derived rows', 'problem', () => derivedRows(world)),
		await look('Đồng hồ / Clock', 'warning', () => clock(world)),
		await look('Địa chỉ / Address', 'warning', () => address(world)),
		await look('Trang web / Web', 'warning', () => web(world)),
		await look('Sao lưu / Backup', 'warning', () => lastBackup(world))
	];
}

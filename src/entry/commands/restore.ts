import path from 'node:path';
import {
	BackupError,
	findSet,
	JOB_LIST,
	type Manifest,
	readLines,
	readManifest,
	verifySet
} from '#lib/server/platform/backup/backup-set.ts';
import { keyCheckOf } from '#lib/server/platform/backup/make.ts';
import {
	copyObjectsIn,
	missingFrom,
	readObjectList,
	refuseForeignObjects
} from '#lib/server/platform/backup/objects.ts';
import { clearEmptyTarget, loadDatabase } from '#lib/server/platform/backup/restore.ts';
import { referencedKeys } from '#lib/server/platform/backup/schema.ts';
import type { Config } from '#lib/server/platform/config.ts';
import { type DatabasePool, openDatabase } from '#lib/server/platform/database.ts';
import { knownMigrations, migrateTo } from '#lib/server/platform/migrations.ts';
import { openQueue } from '#lib/server/platform/queue.ts';
import type { ObjectStore } from '#lib/server/platform/storage/object-store.ts';
import { openObjectStore, prepareObjectStore } from '#lib/server/platform/storage/open.ts';
import { formatCount } from '#lib/i18n/format.ts';
import { type Command, UsageError } from '../command.ts';
import { MEDIA_JOBS, WORKER_JOBS } from '../jobs.ts';
import { WORKED_IN } from '../machine/product.ts';
import { isProductRunning } from '../machine/start-lock.ts';
import { systemEvent } from '../machine/system-event.ts';
import { prepare } from '../prepare.ts';

type Note = (text: string) => void;

/** Puts a set into an empty installation. */
export const command: Command = {
	summary: 'Khôi phục từ bản sao lưu vào hệ thống trống / Restore a backup into an empty installation',
	usage: 'DIR',
	details: [
		'DIR   một bản sao lưu, hoặc thư mục chứa các bản sao lưu (lấy bản mới nhất) / a set, or a folder of sets (the newest is taken)',
		'Cần đúng SECRET_KEY của hệ thống đã sao lưu. / Needs the SECRET_KEY of the installation that was backed up.',
		'Mọi người phải đăng nhập lại. / Everybody signs in again.'
	],
	async run({ positionals, bare, note }) {
		const [dir] = positionals;
		if (!dir) throw new UsageError('DIR');
		const set = await findSet(path.resolve(dir));
		note(`→ Kiểm tra bản sao lưu / Checking ${set}`);
		const manifest = await readManifest(set);
		const migrations = refuseOtherVersions(manifest);
		const { files } = await verifySet(set);
		const config = await bare();
		refuseOtherKey(manifest, config);
		if (await isProductRunning(config.dataDir))
			throw new BackupError(
				'Hệ thống đang chạy; dừng lại rồi khôi phục.',
				'The product is running; stop it, then restore.'
			);
		await restore(config, set, manifest, note);
		const checked = await check(config, set, manifest);
		const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
		const lines = [
			`✓ Đã khôi phục / Restored ${path.basename(set)} (${manifest.product}, ${files} tệp đúng tổng kiểm tra / files checked)`,
			`  ${formatCount(rows)} dòng / rows, ${formatCount(checked.objects)} tệp / objects, ${checked.jobs} việc được gửi lại / jobs sent again`,
			...(migrations.pending ? [`  ${migrations.pending} bước nâng cấp cấu trúc / migrations applied`] : []),
			...(checked.missing.length
				? [`! ${checked.missing.length} tệp thiếu / objects missing: ${checked.missing.slice(0, 5).join(', ')}`]
				: [])
		];
		return { text: lines.join('\n'), data: { set, rows, ...checked }, exitCode: checked.missing.length ? 1 : 0 };
	}
};

/** @throws {BackupError} for a set of a newer version, or of one that went another way */
function refuseOtherVersions({ migrations, product }: Manifest): { pending: number } {
	const known = knownMigrations();
	const isPrefix = migrations.every((hash, i) => hash === known[i]);
	if (migrations.length > 0 && isPrefix) return { pending: known.length - migrations.length };
	throw new BackupError(
		`Bản sao lưu của phiên bản ${product} có cấu trúc mà phiên bản này không biết; nâng cấp phần mềm rồi khôi phục.`,
		`The set of version ${product} has a structure that this version does not know; upgrade, then restore.`
	);
}

function refuseOtherKey({ keyCheck }: Manifest, config: Config): void {
	if (keyCheck === keyCheckOf(config)) return;
	throw new BackupError(
		'SECRET_KEY không phải khóa của hệ thống đã sao lưu: số định danh cá nhân sẽ không đọc được. Đặt đúng SECRET_KEY (bản chạy một máy: secretKey trong secrets.json của thư mục dữ liệu cũ) rồi chạy lại.',
		'SECRET_KEY is not that of the installation that was backed up; personal numbers could not be read. Set the right one (on one machine: secretKey in secrets.json of the old data folder) and run this again.'
	);
}

async function restore(config: Config, set: string, manifest: Manifest, note: Note): Promise<void> {
	const database = openDatabase(config.databaseUrl, { max: 1, applicationName: 'restore' });
	try {
		await prepareObjectStore(config);
		const storage = openObjectStore(config);
		const lines = await readObjectList(set);
		await refuseForeignObjects(storage, lines);
		await clearEmptyTarget(database.sql, WORKED_IN);
		note('→ Kho tệp / Objects');
		await copyObjectsIn(storage, set, lines);
		note('→ Cơ sở dữ liệu / Database');
		await migrateTo(config.databaseUrl, manifest.migrations.length);
		await loadDatabase(database.sql, set, manifest);
	} finally {
		await database.close();
	}
	await prepare(config);
}

/** What is there now, after this version's own migrations; also hands the waiting jobs to the queue. */
async function check(config: Config, set: string, manifest: Manifest) {
	const database = openDatabase(config.databaseUrl, { max: 1, applicationName: 'restore' });
	try {
		await systemEvent(database.db, 'system.restored', { set: path.basename(set), madeAt: manifest.madeAt });
		const storage = openObjectStore(config);
		const lines = await readObjectList(set);
		const missing = [...(await missingFrom(storage, lines)), ...(await unstored(database, storage, manifest))];
		return { objects: lines.size, jobs: await sendJobs(config, set), missing };
	} finally {
		await database.close();
	}
}

/** Objects that rows name and the store lacks, but for those that were missing already when the set was made. */
async function unstored({ sql }: DatabasePool, storage: ObjectStore, manifest: Manifest): Promise<string[]> {
	const named = await referencedKeys(sql);
	for await (const { key } of storage.list('')) named.delete(key);
	return [...named].filter((key) => !manifest.missingObjects.includes(key));
}

type WaitingJob = {
	id: string;
	name: string;
	data: object;
	priority: number;
	startAfter: string;
	singletonKey: string | null;
};

async function sendJobs(config: Config, set: string): Promise<number> {
	const known = new Set([...WORKER_JOBS, ...MEDIA_JOBS].map(({ name }) => name as string));
	const { boss, close } = await openQueue(config, { workers: false });
	let count = 0;
	try {
		for await (const { name, singletonKey, ...job } of readLines<WaitingJob>(path.join(set, JOB_LIST))) {
			if (!known.has(name)) continue; // a kind of work that this version no longer has
			await boss.insert(name, [{ ...job, ...(singletonKey && { singletonKey }) }]);
			count++;
		}
	} finally {
		await close();
	}
	return count;
}

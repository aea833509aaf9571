import { appendFile, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterEach, expect } from 'vitest';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import { recordAudit } from '#lib/server/audit/record.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import type { Config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { compareMigrations, knownMigrations, migrateTo } from '#lib/server/platform/migrations.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { command as backup } from '../../src/entry/commands/backup.ts';
import { command as restore } from '../../src/entry/commands/restore.ts';
import { command as upgrade } from '../../src/entry/commands/upgrade.ts';
import { prepare } from '../../src/entry/prepare.ts';
import { seedDemo } from '../../src/entry/seed-demo.ts';
import { filterOf } from '../support/indicator-world.ts';
import { sentJobs } from '../support/jobs.ts';
import { at, makeDatabase, test, testConfig } from '../support/test.ts';

/** A name that no version of the product has. */
const named = (action: string) => action as AuditAction;

const toRemove: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const remove of toRemove.splice(0)) await remove();
});

async function aFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'buc-giang-backup-'));
	toRemove.push(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

/** Another machine: an empty database and an empty folder. */
async function anEmptyInstallation(more: Record<string, string> = {}): Promise<Config> {
	const database = await makeDatabase('empty');
	toRemove.push(database.drop);
	return testConfig(database.url, await aFolder(), more);
}

const call = (config: Config, dir: string, values: Record<string, string | boolean> = {}) => ({
	values,
	positionals: [dir],
	ctx: () => Promise.reject(new Error('not for this command')),
	bare: async () => config,
	note: () => {}
});

/** Somebody works all the while: each time a new object, and two rows that name it in one transaction. */
function keepWriting(ctx: Context) {
	let isOver = false;
	let count = 0;
	const writing = (async () => {
		for (; !isOver; count++) {
			const fileKey = `drill/${count}.txt`;
			await ctx.storage.put(fileKey, `object ${count}`, { contentType: 'text/plain' });
			await ctx.db.transaction(async (tx) => {
				await recordAudit(ctx, tx, named('drill.first'), { objectId: String(count), fileKey });
				await recordAudit(ctx, tx, named('drill.second'), { objectId: String(count), fileKey });
			});
			await pause(5); // some hundred changes a second are enough
		}
	})();
	return {
		/** Resolves when the first of it stands: a fast machine would otherwise have its set made before anything is written. */
		begun: async () => {
			while (count === 0) await Promise.race([writing, pause(5)]);
		},
		stop: async () => {
			isOver = true;
			await writing;
			return count;
		}
	};
}

/** Rows and a digest of them for every table but the log, which grows meanwhile, and sessions, which are not kept. */
async function digests(url: string): Promise<Record<string, string>> {
	const database = openDatabase(url, { max: 1 });
	try {
		const tables = await database.sql<{ name: string }[]>`select tablename as name from pg_tables
			where schemaname = 'public' and tablename not in ('audit_event', 'session', 'sign_in_failure')`;
		const found: Record<string, string> = {};
		for (const { name } of tables) {
			const [row] = await database.sql.unsafe(
				`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as digest from "${name}" t`
			);
			found[name] = String(row?.digest);
		}
		return found;
	} finally {
		await database.close();
	}
}

test('a set made under load brings back every figure, every row and every object on an empty machine', async ({
	ctx,
	config
}) => {
	await seedDemo(config);
	await ctx.db.execute(sql`insert into session (id, account_id, expires_at, ends_at)
		select '\\x01', id, now() + interval '1 day', now() + interval '1 day' from account limit 1`);
	const now = new Date();
	const figures = await getTargetsPage(at(ctx, now), filterOf());
	const waiting = await sentJobs(ctx);
	expect(waiting.length).toBeGreaterThan(0);
	const folder = await aFolder();

	const work = keepWriting(ctx);
	await work.begun();
	const made = await backup.run(call(config, folder));
	const written = await work.stop();
	const before = await digests(config.databaseUrl);
	const target = await anEmptyInstallation();
	await restore.run(call(target, folder));

	expect(await digests(target.databaseUrl)).toEqual(before);
	const services = await openServices({ workers: false, max: 3, config: target });
	try {
		const restored = services.systemContext('after');
		expect(await getTargetsPage(at(restored, now), filterOf())).toEqual(figures);
		expect(await sentJobs(restored)).toEqual(waiting);
		for await (const object of ctx.storage.list('lectures/')) {
			expect(await restored.storage.text(object.key)).toBe(await ctx.storage.text(object.key));
			expect((await restored.storage.head(object.key))?.contentType).toBe(object.contentType);
		}
		const pairs = await restored.db.execute<{ no: string; rows: number }>(
			sql`select object_id as no, count(*)::int as rows from audit_event where action like 'drill.%' group by 1`
		);
		expect(pairs.length).toBeGreaterThan(0);
		expect(pairs.length).toBeLessThanOrEqual(written);
		for (const { no, rows } of pairs) {
			expect(rows, `transaction ${no}`).toBe(2);
			expect(await restored.storage.text(`drill/${no}.txt`)).toBe(`object ${no}`);
		}
		expect(await restored.db.execute(sql`select from session`)).toHaveLength(0);
		await recordAudit(restored, restored.db, named('drill.after')); // identities go on where they were
		await expect(restored.db.execute(sql`delete from audit_event`)).rejects.toThrow();
		const last = await restored.db.execute<{ action: string }>(
			sql`select action from audit_event order by id desc limit 2`
		);
		expect(last.map(({ action }) => action)).toEqual(['drill.after', 'system.restored']);
	} finally {
		await services.close();
	}
	await expect(restore.run(call(target, folder))).rejects.toThrow('không trống');
	expect(made.text).toContain('✓');
});

test('a daily set shares objects with the one before, and only the newest are kept', async ({ ctx, config }) => {
	await ctx.storage.put('lectures/a/1/source', 'the same for ever', { contentType: 'video/mp4' });
	const folder = await aFolder();
	const inode = async ({ data }: { data: unknown }) =>
		(await stat(path.join((data as { set: string }).set, 'objects/lectures/a/1/source'))).ino;
	const first = await inode(await backup.run(call(config, folder)));
	const [name = ''] = await readdir(folder);
	await rename(path.join(folder, name), path.join(folder, name.replace(/\d{6}$/, '000000')));
	const second = await inode(await backup.run(call(config, folder, { keep: '1' })));
	expect(second).toBe(first);
	expect(await readdir(folder)).toHaveLength(1);
});

test('what is damaged, newer, of another key or would overwrite somebody’s work is refused', async ({
	ctx,
	config
}) => {
	await ctx.storage.put('lectures/a/1/source', 'bytes', { contentType: 'video/mp4' });
	const folder = await aFolder();
	const { data } = await backup.run(call(config, folder));
	const { set } = data as { set: string };
	const target = await anEmptyInstallation();
	const refused = (config: Config = target) => expect(restore.run(call(config, folder))).rejects;

	await refused(await anEmptyInstallation({ SECRET_KEY: 'another-secret-another-secret-another' })).toThrow(
		'SECRET_KEY'
	);
	for (const [file, change] of [
		['database/category.copy.gz', (name: string) => appendFile(name, 'x')],
		['objects/lectures/a/1/source', (name: string) => writeFile(name, 'bytez')],
		['jobs.jsonl', (name: string) => rm(name)]
	] as const) {
		const name = path.join(set, file);
		const whole = await readFile(name);
		await change(name);
		await refused().toThrow(file);
		await writeFile(name, whole);
	}
	const manifest = await readFile(path.join(set, 'manifest.json'), 'utf8');
	for (const newer of [
		{ ...JSON.parse(manifest), migrations: [...knownMigrations(), 'f'.repeat(64)] },
		{ ...JSON.parse(manifest), format: 99 }
	]) {
		await writeFile(path.join(set, 'manifest.json'), JSON.stringify(newer));
		await refused().toThrow('nâng cấp');
	}
	await writeFile(path.join(set, 'manifest.json'), manifest);
	const used = await anEmptyInstallation();
	const services = await openServices({ workers: false, max: 1, config: used });
	await services.storage.put('documents/1/a.pdf', 'somebody’s', { contentType: 'application/pdf' });
	await services.close();
	await refused(used).toThrow('documents/1/a.pdf');
	const untouched = openDatabase(target.databaseUrl, { max: 1 });
	expect(await untouched.sql`select tablename from pg_tables where schemaname = 'public'`).toEqual([]);
	await untouched.close();
});

test('an upgrade keeps a set of what was before; a set of an earlier version gets this version’s structure', async () => {
	const old = await anEmptyInstallation();
	await migrateTo(old.databaseUrl, 1);
	const database = openDatabase(old.databaseUrl, { max: 1 });
	await database.sql`insert into unit (code, path) values ('MH', '1')`;
	const folder = await aFolder();
	const upgrading = () => upgrade.run({ ...call(old, ''), values: { backup: folder } });
	await expect(upgrading()).rejects.toThrow('đang chạy');
	await database.close();
	await upgrading();
	const target = await anEmptyInstallation();
	await restore.run(call(target, folder));
	for (const { databaseUrl } of [old, target]) {
		const now = openDatabase(databaseUrl, { max: 1 });
		expect(await now.sql`select code, no from unit`).toEqual([{ code: 'MH', no: 1 }]);
		expect(await compareMigrations(now.sql)).toEqual({ pending: 0, unknown: 0 });
		await now.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer version', 1)`;
		await now.close();
	}
	await expect(prepare(old)).rejects.toThrow('phiên bản mới hơn');
});

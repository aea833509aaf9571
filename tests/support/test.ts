import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { inject, test as base } from 'vitest';
import type { Actor } from '#lib/server/identity/actor.ts';
import { loadConfig, type Config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { TEMPLATE } from './global-setup.ts';

/** When tests happen, unless they say otherwise: a working morning within the first stage of the plan. */
export const NOW = new Date('2026-11-20T08:00:00+07:00');

/**
 * vitest's `test` with a world of its own per test, made only when asked for:
 * `config` (a fresh copy of the migrated database, a temporary DATA_DIR), `services` (pool, real queue tables, files as
 * objects) and `ctx` (acts as the system at {@link NOW}; see {@link as} and {@link at}).
 */
export const test = base
	.extend('config', async ({}, { onCleanup }) => {
		const database = await makeDatabase('migrated');
		const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-data-'));
		onCleanup(async () => {
			await fs.rm(dataDir, { recursive: true, force: true });
			await database.drop();
		});
		return testConfig(database.url, dataDir);
	})
	.extend('services', async ({ config }, { onCleanup }): Promise<Services> => {
		const services = await openServices({ workers: false, max: 5, config });
		onCleanup(() => services.close());
		return services;
	})
	.extend('ctx', ({ services }): Context => ({ ...services.systemContext('test'), now: NOW }));

/** The same world, another person acting. */
export function as(ctx: Context, actor: Actor): Context {
	return { ...ctx, actor };
}

/** The same world at another time; a text is read with its own offset, for example `2026-12-01T09:00:00+07:00`. */
export function at(ctx: Context, instant: Date | string): Context {
	return { ...ctx, now: new Date(instant) };
}

/** Settings as `.env` would give them; nothing of the machine's own environment. */
export function testConfig(databaseUrl: string, dataDir: string, more: Record<string, string> = {}): Config {
	const secret = 'test-secret-test-secret-test-secret-42';
	return loadConfig({
		DATABASE_URL: databaseUrl,
		DATA_DIR: dataDir,
		SECRET_KEY: secret,
		ORIGIN: 'http://localhost:3000',
		FFMPEG_PATH: process.env.FFMPEG_PATH,
		FFPROBE_PATH: process.env.FFPROBE_PATH,
		SOFFICE_PATH: process.env.SOFFICE_PATH,
		...more
	});
}

/** A database with the newest schema and no rows, or with nothing at all; the caller drops it. */
export async function makeDatabase(kind: 'migrated' | 'empty'): Promise<{ url: string; drop(): Promise<void> }> {
	const clusterUrl = inject('clusterUrl');
	const name = `t_${randomUUID().replaceAll('-', '')}`;
	await once(clusterUrl, `create database ${name} ${kind === 'migrated' ? `template ${TEMPLATE}` : ''}`);
	const url = new URL(clusterUrl);
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => once(inject('superuserUrl'), `drop database ${name} with (force)`) };
}

async function once(url: string, statement: string): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await sql.unsafe(statement);
	} finally {
		await sql.end();
	}
}

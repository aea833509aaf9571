import fs from 'node:fs/promises';
import { expect } from 'vitest';
import { MEDIA_JOBS, WORKER_JOBS } from '../../src/entry/jobs.ts';
import { sentJobs } from '../support/jobs.ts';
import { test } from '../support/test.ts';

const ALL = [...WORKER_JOBS, ...MEDIA_JOBS].map(({ name }) => name);

test('each job is served by one kind of process', () => {
	expect(ALL.toSorted()).toEqual([...new Set(ALL)].toSorted());
});

test('every job whose payload a module declares is served by a process', async () => {
	const declared: string[] = [];
	for await (const file of fs.glob('src/lib/server/*/**/*.ts')) {
		const source = await fs.readFile(file, 'utf8');
		const [, block = ''] = /^\tinterface JobPayloads \{$(.*?)^\t\}$/ms.exec(source) ?? [];
		declared.push(...[...block.matchAll(/^\t\t'([^']+)':/gm)].map(([, name]) => name ?? ''));
	}
	expect(declared.toSorted()).toEqual(ALL.toSorted());
});

test('a rolled back change leaves no job behind', async ({ ctx }) => {
	const [name] = ALL;
	if (!name) return;
	const change = ctx.db.transaction(async (tx) => {
		await ctx.queue.send(tx, name as never, {} as never);
		throw new Error('undone');
	});
	await expect(change).rejects.toThrow('undone');
	expect(await sentJobs(ctx)).toEqual([]);
});

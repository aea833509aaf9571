import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packBundle } from '../../src/entry/machine/bundle.ts';

const run = promisify(execFile);

test('a bundle holds what runs the product, links included, and no data, secrets or history', async () => {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'bundle-'));
	try {
		const root = path.join(folder, 'clone');
		const write = async (name: string, text: string) => {
			await fs.mkdir(path.dirname(path.join(root, name)), { recursive: true });
			await fs.writeFile(path.join(root, name), text);
		};
		await write('package.json', '{}');
		await write('src/a.ts', 'a');
		await write('node_modules/x/cli.js', 'x');
		await write('node_modules/.cache/big', 'no');
		await fs.mkdir(path.join(root, 'node_modules/.bin'));
		await fs.symlink('../x/cli.js', path.join(root, 'node_modules/.bin/x'));
		for (const name of ['data/secrets.json', '.env', '.git/HEAD', 'tests/a.test.ts']) await write(name, 'no');
		const file = path.join(folder, 'made.tar.gz');
		const { sha256, sizeBytes } = await packBundle(root, file, 'buc-giang-1');
		await run('sha256sum', ['-c', 'made.tar.gz.sha256'], { cwd: folder });
		expect(sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(sizeBytes).toBe((await fs.stat(file)).size);
		await run('tar', ['xzf', file], { cwd: folder });
		const there = path.join(folder, 'buc-giang-1');
		const found = await fs.readdir(there, { recursive: true });
		expect(found.filter((name) => /secrets|\.env|\.git|a\.test|big/.test(name))).toEqual([]);
		expect(await fs.readFile(path.join(there, 'node_modules/.bin/x'), 'utf8')).toBe('x');
		expect(await fs.readFile(path.join(there, 'src/a.ts'), 'utf8')).toBe('a');
		expect((await fs.readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
});

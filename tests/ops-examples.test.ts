import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '#lib/server/platform/config.ts';

const OPS = path.resolve(import.meta.dirname, '../docs/ops');
const read = (name: string) => fs.readFileSync(path.join(OPS, name), 'utf8');
const files = fs
	.readdirSync(OPS, { recursive: true, encoding: 'utf8' })
	.filter((name) => fs.statSync(path.join(OPS, name)).isFile());

test('the example of variables is a configuration that the product takes', () => {
	const lines = read('buc-giang.env').split('\n');
	const pairs = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2));
	const config = loadConfig(Object.fromEntries(pairs) as Record<string, string>);
	expect(config).toMatchObject({ origin: 'https://taphuan.example.gov.vn', s3: { bucket: 'buc-giang' } });
	expect(config.mail?.from).toContain('@example.gov.vn');
});

test('every program that the examples start is there', () => {
	const started = files.flatMap((name) => read(name).match(/src\/entry\/[\w-]+\.ts/g) ?? []);
	expect(started.length).toBeGreaterThan(8);
	expect([...new Set(started)].filter((file) => !fs.existsSync(path.resolve(OPS, '../..', file)))).toEqual([]);
});

test('every variable that the examples name is one the product reads', () => {
	const source = fs.readFileSync(path.resolve(OPS, '../../src/lib/server/platform/config.ts'), 'utf8');
	const named = ['compose.yaml', 'Dockerfile', 'buc-giang.env'].flatMap((name) =>
		[...read(name).matchAll(/(?:^|\s)([A-Z][A-Z0-9_]{3,})[=:]/gm)].map(([, variable]) => variable!)
	);
	expect(named.length).toBeGreaterThan(10);
	expect([...new Set(named)].filter((variable) => !source.includes(`\t${variable}: `))).toEqual([]);
});

import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Source files of the product, as paths from the root. */
const files = ['src', 'media-pipeline', 'tests']
	.flatMap((folder) =>
		fs
			.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.map((name) => path.join(folder, name))
	)
	.filter((file) => /\.(ts|js|svelte)$/.test(file));

type Import = Readonly<{ from: string; to: string; isTypeOnly: boolean }>;

/** Every import, `from` a file `to` a file (path from the root) or a package. Svelte's markup holds none, its scripts do. */
const imports: Import[] = files.flatMap((from) => {
	const text = fs.readFileSync(path.join(ROOT, from), 'utf8');
	const scripts = from.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((m) => m[1] ?? '')
		: [text];
	const script = scripts.join('\n');
	const values = namesIn(script.replace(/^\s*import type [^;]*;/gm, ''));
	return namesIn(script).map((name) => ({ from, to: resolve(from, name), isTypeOnly: !values.includes(name) }));
});

function namesIn(script: string): string[] {
	return ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName);
}

function resolve(from: string, name: string): string {
	if (name.startsWith('#lib/')) return `src/lib/${name.slice('#lib/'.length)}`;
	if (name.startsWith('#media-pipeline/')) return `media-pipeline/${name.slice('#media-pipeline/'.length)}`;
	return name.startsWith('.') ? path.normalize(path.join(path.dirname(from), name)) : name;
}

/** Imports from files that match to files or packages that match, as lines to read. Tests may import anything. */
function violations(from: RegExp, to: RegExp, except: RegExp = /\.test\.ts$/): string[] {
	const found = imports.filter((one) => from.test(one.from) && to.test(one.to) && !except.test(one.from));
	return found.map((one) => `${one.from} → ${one.to}`);
}

/** Files that match and whose text holds the pattern. */
function holding(from: RegExp, pattern: RegExp, except: RegExp): string[] {
	const suspects = files.filter((file) => from.test(file) && !except.test(file));
	return suspects.filter((file) => pattern.test(fs.readFileSync(path.join(ROOT, file), 'utf8')));
}

/** From left to right; modules on one line do not import each other (docs/adr/0002). */
const ORDER = [
	['audit'],
	['identity'],
	['organisation'],
	['notifications'],
	['lectures', 'assessment', 'scorm'],
	['catalogue'],
	['training'],
	['learning'],
	['certificates', 'surveys', 'forum', 'library'],
	['privacy'],
	['indicators'],
	['reporting', 'sharing']
];
const MODULES = ORDER.flat();
const rankOf = (module: string) => ORDER.findIndex((group) => group.includes(module));
const moduleOf = (file: string) => /^src\/lib\/server\/([\w-]+)\//.exec(file)?.[1];

test('the import graph is really read', () => {
	expect(files.length).toBeGreaterThan(100);
	expect(imports).toContainEqual({
		from: 'src/hooks.server.ts',
		to: 'src/lib/server/identity/sessions.ts',
		isTypeOnly: false
	});
	expect(imports.filter(({ from }) => from.endsWith('.svelte')).length).toBeGreaterThan(20);
});

test('routes hold no SQL', () => {
	expect(violations(/^src\/(routes|hooks)/, /^(drizzle-orm|postgres|pg-boss)(\/|$)|tables\.ts$/)).toEqual([]);
});

test('modules import leftwards only', () => {
	const rightwards = imports.filter(({ from, to }) => {
		const [here, there] = [moduleOf(from), moduleOf(to)];
		if (!here || !there || here === there || from.endsWith('.test.ts') || !MODULES.includes(here)) return false;
		return there !== 'platform' && rankOf(there) >= rankOf(here);
	});
	expect(rightwards.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('every folder of the server is a module of the order, or the platform', () => {
	const folders = [...new Set(files.map(moduleOf).filter((name) => name !== undefined))];
	expect(folders.filter((name) => name !== 'platform' && !MODULES.includes(name))).toEqual([]);
});

test('the platform knows no module, but for who acts', () => {
	const actor = /^src\/lib\/server\/identity\/actor\.ts$/;
	const known = imports.filter(({ from, to }) => {
		const there = moduleOf(to);
		return (
			moduleOf(from) === 'platform' && there && there !== 'platform' && !actor.test(to) && !from.endsWith('.test.ts')
		);
	});
	expect(known.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('only routes, hooks and components know SvelteKit', () => {
	expect(
		violations(
			/^(src|media-pipeline)\/.*\.[tj]s$/,
			/^(\$app|\$env|@sveltejs\/kit)(\/|$)/,
			/^src\/(routes|hooks|params)|^src\/app\.d\.ts/
		)
	).toEqual([]);
});

test('components take the sentences of errors when one is needed, not with their page', () => {
	expect(violations(/^src\/(lib|routes)\/.*\.svelte$/, /^src\/lib\/i18n\/errors\.ts$/)).toEqual([]);
});

test('what browsers load takes nothing but types from the server', () => {
	const loaded = /^src\/lib\/(?!server\/)|^src\/routes\/.*(\.svelte|\/\+(page|layout)\.ts)$/;
	const values = imports.filter((one) => !one.isTypeOnly && loaded.test(one.from) && !one.from.endsWith('.test.ts'));
	const ofServer = values.filter(({ to }) => /^src\/lib\/server\/|^node:/.test(to));
	expect(ofServer.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('the design system knows no module', () => {
	expect(violations(/^src\/lib\/ui\//, /^src\/lib\/(?!ui\/|i18n\/|text\/)/)).toEqual([]);
});

test('the media pipeline stands alone, and only lectures and the entry files call it', () => {
	expect(violations(/^media-pipeline\//, /^src\/|^(drizzle-orm|postgres|pg-boss|@sveltejs\/kit)/)).toEqual([]);
	expect(violations(/^src\/(?!entry\/|lib\/server\/lectures\/)/, /^media-pipeline\//)).toEqual([]);
});

test('settings come from one place', () => {
	const allowed = /^src\/lib\/server\/platform\/(config|log)\.ts$|^src\/entry\/|^tests\/|\.test\.ts$/;
	// Handing PATH or the whole environment on to a program that is started reads no setting.
	expect(holding(/^(src|media-pipeline)\//, /process\.env(\[|\.(?!PATH\b))/, allowed)).toEqual([]);
});

test('nothing of the product imports the tests', () => {
	expect(violations(/^(src|media-pipeline)\//, /^tests\//)).toEqual([]);
});

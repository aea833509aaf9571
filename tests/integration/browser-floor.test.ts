import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * What Chrome 109 (the floor of ADR-0007) does not know, with the version that brought it. The compiler lowers syntax to
 * the floor; functions and CSS it leaves as they are, so they are looked for by name in what was built.
 */
const TOO_NEW_JS: Readonly<Record<string, RegExp>> = {
	'Array toSorted, toReversed, toSpliced (110)': /\.to(Sorted|Reversed|Spliced)\(/,
	'Set operations (122)': /\.(isSubsetOf|isSupersetOf|symmetricDifference)\(/,
	'Object.groupBy (117)': /\b(Object|Map)\.groupBy\(/,
	'Promise.withResolvers (119)': /Promise\.withResolvers\(/,
	'Array.fromAsync (121)': /Array\.fromAsync\(/,
	'URL.canParse (120)': /URL\.canParse\(/,
	'popover (114)': /\.(show|hide|toggle)Popover\(/
};
const TOO_NEW_CSS: Readonly<Record<string, RegExp>> = {
	'nesting (112)': /(^|[{;}])\s*&/,
	'color-mix() (111)': /color-mix\(/,
	'oklch() (111)': /\bok(lch|lab)\(/,
	'popover (114)': /:popover-open/,
	'@scope (118)': /@scope\b/,
	'@starting-style (117)': /@starting-style/,
	'subgrid (117)': /\bsubgrid\b/
};

const BUILT = path.resolve('build/client/_app/immutable');
/** pdf.js comes as its legacy build, which brings what old browsers lack. */
const LEGACY_BUILD = /GlobalWorkerOptions|pdf\.worker/;

function built(extension: string): { name: string; text: string }[] {
	return readdirSync(BUILT, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(extension))
		.map((name) => ({ name, text: readFileSync(path.join(BUILT, name), 'utf8') }))
		.filter(({ name, text }) => !LEGACY_BUILD.test(name) && !LEGACY_BUILD.test(text));
}

test.for([
	{ extension: '.js', tooNew: TOO_NEW_JS },
	{ extension: '.css', tooNew: TOO_NEW_CSS }
])('built $extension files hold nothing that Chrome 109 does not know', ({ extension, tooNew }) => {
	const files = built(extension);
	expect(files.length).toBeGreaterThan(5);
	const found = files.flatMap(({ name, text }) =>
		Object.entries(tooNew)
			.filter(([, pattern]) => pattern.test(text))
			.map(([what]) => `${name}: ${what}`)
	);
	expect(found).toEqual([]);
});

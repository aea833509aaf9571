import { expect, test } from 'vitest';
import { currentEntry, menuParts, type MenuEntry } from './shell.ts';

const menu: MenuEntry[] = [
	{ href: '/', key: 'home' },
	{ href: '/classes', key: 'classes' },
	{ href: '/people', key: 'people' }
];

test.for([
	{ path: '/', expected: '/' },
	{ path: '/classes', expected: '/classes' },
	{ path: '/classes/new', expected: '/classes' },
	{ path: '/classes-of-old', expected: undefined },
	{ path: '/sign-in', expected: undefined }
])('$path belongs to $expected', ({ path, expected }) => {
	expect(currentEntry(menu, path)).toBe(expected);
});

test('entries of one group unfold together, a lone one stands by itself', () => {
	const parts = menuParts([
		{ href: '/', key: 'home' },
		{ href: '/people', key: 'people', group: 'roster' },
		{ href: '/classes', key: 'classes', group: 'classes' },
		{ href: '/units', key: 'units', group: 'roster' }
	]);
	expect(parts.map(({ group, entries }) => [group, entries.map(({ key }) => key)])).toEqual([
		[undefined, ['home']],
		['roster', ['people', 'units']],
		[undefined, ['classes']]
	]);
});

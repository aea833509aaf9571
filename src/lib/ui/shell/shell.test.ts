import { expect, test } from 'vitest';
import { currentEntry, type MenuEntry } from './shell.ts';

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

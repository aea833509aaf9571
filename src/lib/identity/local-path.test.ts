import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.for([
	{ value: '/classes?page=2', path: '/classes?page=2' },
	{ value: '/', path: '/' },
	{ value: '/tìm?q=an', path: '/t%C3%ACm?q=an' },
	{ value: '//evil.example', path: '/' },
	{ value: '/\\evil.example', path: '/' },
	{ value: '/\t/evil.example', path: '/' },
	{ value: '/a/..//evil.example', path: '/' },
	{ value: 'https://evil.example', path: '/' },
	{ value: 'javascript:alert(1)', path: '/' },
	{ value: '', path: '/' },
	{ value: null, path: '/' }
])('next=$value leads to $path', ({ value, path }) => {
	expect(localPath(value)).toBe(path);
});

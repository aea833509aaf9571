import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { errorText, hasSentence } from './errors.ts';

test('a code becomes its sentence with the values filled in', () => {
	expect(errorText('vi', 'identity.too_many_attempts', { n: 30 })).toBe(
		'Đăng nhập sai nhiều lần, đề nghị thử lại sau 30 giây.'
	);
	expect(errorText('en', 'form.file_too_large', { limit: '2 GB' })).toBe('The file is larger than the limit (2 GB).');
});

test('what a damaged file says of itself is shown without control characters, and shortened', () => {
	const sentence = errorText('vi', 'scorm.path_outside', { path: `a\u0000\u001b[31m{${'x'.repeat(500)}` });
	expect(sentence).toMatch(/a·\[31m\{x+…/);
	expect(sentence.length).toBeLessThan(400);
});

test('an unknown code never reaches the page', () => {
	expect(errorText('vi', 'form.something_new')).toBe('Giá trị không hợp lệ.');
	expect(errorText('vi', 'training.something_new')).toBe('Hệ thống đang bận, đề nghị thử lại sau ít phút.');
});

test('every code that the source can say has its sentence', () => {
	const folder = path.resolve(import.meta.dirname, '../..');
	const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const codes = files
		.filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$/.test(file))
		.flatMap((file) => {
			const text = fs.readFileSync(path.join(folder, file), 'utf8');
			const refusals = [...text.matchAll(/new DomainError\(\s*'\w+',\s*'([\w.]+)'/g)];
			const issues = /\binput\.ts$/.test(file) ? [...text.matchAll(/'([a-z_]+\.[a-z_]+)'/g)] : [];
			return [...refusals, ...issues].map(([, code]) => code ?? '');
		});
	expect(codes.length).toBeGreaterThan(100);
	expect([...new Set(codes)].filter((code) => !hasSentence(code))).toEqual([]);
});

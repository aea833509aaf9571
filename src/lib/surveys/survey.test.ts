import { expect, test } from 'vitest';
import { isSampleEnough, lecturerNames, plainToken, printedToken, satisfied } from './survey.ts';

test('the two upper levels are satisfied', () => {
	expect(satisfied([1, 2, 3, 4, 5])).toEqual({ part: 9, whole: 15 });
});

test.for([
	{ returned: 9, issued: 9, enough: false },
	{ returned: 10, issued: 33, enough: true },
	{ returned: 10, issued: 34, enough: false }
])('$returned of $issued forms', ({ returned, issued, enough }) => {
	expect(isSampleEnough(returned, issued)).toBe(enough);
});

test('lecturers are told apart', () => {
	expect(lecturerNames('Bà Trần Thị Lan; ông Lê Văn Ba')).toEqual(['Bà Trần Thị Lan', 'ông Lê Văn Ba']);
	expect(lecturerNames(null)).toEqual([]);
});

test('a code is read as it was printed, and typed', () => {
	expect(printedToken('ABCD0123EFGH')).toBe('ABCD-0123-EFGH');
	expect(plainToken('abcd-o1l3 efgh')).toBe('ABCD0113EFGH');
});

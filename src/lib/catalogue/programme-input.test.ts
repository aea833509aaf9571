import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ProgrammeInput } from './programme-input.ts';

const filled = { title: 'Chương trình chuẩn', courses: ['0b9f3b1e-6a86-4f0f-9c6b-5d1f0a6f2c11'], number: '0' };

test.each([
	['05/03/2026', '2026-03-05'],
	['', null]
])('the day of a programme’s document typed as “%s” is read', (typed, day) => {
	expect(v.parse(ProgrammeInput, { ...filled, documentDate: typed })).toMatchObject({ documentDate: day });
});

import * as v from 'valibot';
import { expect, test } from 'vitest';
import { NewResourceInput } from './input.ts';

const filled = {
	kind: 'link',
	title: 'Luật PBGDPL',
	sourceUrl: 'https://vbpl.vn/',
	unitId: '0b9f3b1e-6a86-4f0f-9c6b-5d1f0a6f2c11'
};

test.each([
	['14/11/2012', '2012-11-14'],
	['2012-11-14', '2012-11-14'],
	['', null]
])('the day of a law typed as “%s” is read', (typed, day) => {
	expect(v.parse(NewResourceInput, { ...filled, issuedOn: typed })).toMatchObject({ issuedOn: day });
});

test('a day that is none is told', () => {
	const result = v.safeParse(NewResourceInput, { ...filled, issuedOn: '31/02/2012' });
	expect(result.issues?.map(({ message }) => message)).toEqual(['form.date']);
});

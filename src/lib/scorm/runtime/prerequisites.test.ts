import { expect, test } from 'vitest';
import { isOpenTo } from './prerequisites.ts';

const STATUSES: Readonly<Record<string, string>> = {
	A: 'completed',
	B: 'passed',
	C: 'failed',
	D: 'incomplete',
	'S-1.a': 'completed'
};
const statusOf = (id: string) => STATUSES[id];

test.for([
	['', true],
	['A', true],
	['C', false],
	['E', false],
	['A&B', true],
	['A & C', false],
	['A|C', true],
	['C|D', false],
	['~C', true],
	['~A', false],
	['A&~C', true],
	['(C|A)&B', true],
	['C="failed"', true],
	['C=failed', true],
	['C<>"failed"', false],
	['E="not attempted"', true],
	['D=incomplete & A', true],
	['2*{A,B,C}', true],
	['3*{A,B,C}', false],
	['2*{A, C="failed", D}', true],
	['S-1.a', true],
	['A AND C', false],
	['(C and A) OR B', true],
	// What is no aicc_script shuts nobody out.
	['A &', true],
	['((', true],
	['constructor.constructor("alert(1)")()', true]
] as const)('%s → %s', ([expression, expected]) => {
	expect(isOpenTo(expression, statusOf)).toBe(expected);
});

import { expect, test } from 'vitest';
import { isUnavailable, recordOf } from './failure.ts';

const driverError = Object.assign(new Error('duplicate key value violates unique constraint "account_phone_unique"'), {
	name: 'PostgresError',
	code: '23505',
	detail: 'Key (phone)=(0912345678) already exists.'
});
const wrapped = Object.assign(
	new Error('Failed query: insert …\nparams: Nguyễn Văn An,0912345678', { cause: driverError }),
	{
		query: 'insert into account values ($1, $2)',
		params: ['Nguyễn Văn An', '0912345678']
	}
);

test('a failed query is logged with its text and code, never with the values of people', () => {
	const record = recordOf(wrapped);
	expect(record).toMatchObject({ type: 'PostgresError', code: '23505', query: 'insert into account values ($1, $2)' });
	expect(JSON.stringify(record)).not.toMatch(/0912345678|Nguyễn/);
});

test('a lost connection passes, a broken rule does not', () => {
	expect(isUnavailable(new Error('x', { cause: Object.assign(new Error('y'), { code: 'CONNECTION_CLOSED' }) }))).toBe(
		true
	);
	expect(isUnavailable(Object.assign(new Error('y'), { code: '57P01' }))).toBe(true);
	expect(isUnavailable(wrapped)).toBe(false);
	expect(isUnavailable(new Error('z'))).toBe(false);
});

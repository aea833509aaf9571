import { expect, test } from 'vitest';
import { classFilterQuery, readClassFilter } from './register-filter.ts';

test('the address of the register is read back as it was written', () => {
	const query = 'q=ky+nang&year=2026&mode=hybrid&topic=security&counted=yes&from=2026-01-05&sort=time&dir=desc&page=3';
	const filter = readClassFilter(new URLSearchParams(query));
	expect(filter).toMatchObject({
		text: 'ky nang',
		year: 2026,
		counted: 'yes',
		sort: 'time',
		direction: 'desc',
		page: 3
	});
	expect(readClassFilter(new URLSearchParams(classFilterQuery(filter, { page: 3 })))).toEqual(filter);
	expect(classFilterQuery(filter, { sort: 'title', direction: 'asc' })).not.toContain('page');
});

test('what an address says wrongly is left out', () => {
	const filter = readClassFilter(new URLSearchParams("mode=x&sort=1;drop&topic=a'b&from=31/02/2026&page=-1&unit=1"));
	expect(Object.values(filter).filter((value) => value !== undefined)).toEqual([1]);
});

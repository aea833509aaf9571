import { expect, test } from 'vitest';
import { legalFieldReader } from './legal-fields.ts';

const read = legalFieldReader([
	{ code: 'land', nameVi: 'Đất đai, xây dựng, nhà ở', nameEn: 'Land, construction, housing' },
	{ code: 'civil', nameVi: 'Dân sự, tố tụng dân sự', nameEn: 'Civil law and procedure' }
]);

test('a field of law is known by its name, by a part of it, without marks and by its code', () => {
	expect(read(['Đất đai, xây dựng, nhà ở'])).toEqual(['land']);
	expect(read(['dat dai', 'NHÀ Ở', 'Tố tụng dân sự'])).toEqual(['land', 'civil']);
	expect(read(['land', 'Luật biển'])).toEqual(['land', 'Luật biển']);
});

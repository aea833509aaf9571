import { describe, expect, test } from 'vitest';
import { dayOfSerial, readBirth, readDay } from './days.ts';
import { fold, likeContains, matchKey, tidy } from './fold.ts';
import { compareNames, givenNameOf, isAllCaps, nameKey, toNameCase } from './names.ts';
import { maskPersonalNumber, readPersonalNumber } from './personal-number.ts';
import { normalisePhone } from './phone.ts';

describe('text', () => {
	test.for([
		['  Nguyễn\u00A0 Thị   Lan ', 'Nguyễn Thị Lan'],
		['Nguyễn'.normalize('NFD'), 'Nguyễn'],
		['Sở Tư\u200B pháp\uFEFF', 'Sở Tư pháp'],
		['Trần\tVăn\nA', 'Trần Văn A']
	] as const)('%j is stored as %j', ([given, stored]) => expect(tidy(given)).toBe(stored));

	test.for([
		['Đặng Thị Hoà', 'dang thi hoa'],
		['Đặng Thị Hòa', 'dang thi hoa'],
		['ỦY BAN NHÂN DÂN', 'uy ban nhan dan'],
		['Uỷ ban nhân dân', 'uy ban nhan dan'],
		['Phường Đông Hưng'.normalize('NFD'), 'phuong dong hung']
	] as const)('%s folds to %s', ([given, key]) => expect(fold(given)).toBe(key));

	test('headings and unit names match whatever their punctuation and case', () => {
		expect(matchKey('  HỌ  VÀ TÊN (*) ')).toBe(matchKey('Họ và tên'));
		expect(matchKey('UBND xã Yên-Thế')).toBe(matchKey('ubnd xa yen the'));
	});

	test('a search text cannot smuggle wildcards into LIKE', () => expect(likeContains('50%_\\')).toBe('%50\\%\\_\\\\%'));
});

describe('names', () => {
	test.for([
		['Nguyễn Thị Lan', 'Lan'],
		['Thảo', 'Thảo'],
		['Hờ A\u00A0Páo ', 'Páo']
	] as const)('the given name of %j is %s', ([full, given]) => expect(givenNameOf(full)).toBe(given));

	test.for([
		['NGUYỄN THỊ LAN', true],
		['Nguyễn Thị Lan', false],
		['Y Blim', false],
		['A', false]
	] as const)('%s in capitals only: %s', ([name, answer]) => expect(isAllCaps(name)).toBe(answer));

	test('capitals become a name, hyphens included', () => {
		expect(toNameCase('NGUYỄN THỊ ƯNG ĐÀO')).toBe('Nguyễn Thị Ưng Đào');
		expect(toNameCase('Y-BLIM NIÊ')).toBe('Y-Blim Niê');
	});

	test('lists sort by tên, then đệm, then họ, in Vietnamese order', () => {
		const names = ['Trần Văn Đức', 'Lê Thị Anh', 'Phạm Văn Dũng', 'Bùi Văn Ánh', 'Nguyễn Thị Anh', 'Lê Bá Anh'];
		const sorted = names.map((fullName) => ({ fullName })).sort(compareNames);
		expect(sorted.map(({ fullName }) => fullName)).toEqual([
			'Lê Bá Anh',
			'Lê Thị Anh',
			'Nguyễn Thị Anh',
			'Bùi Văn Ánh',
			'Phạm Văn Dũng',
			'Trần Văn Đức'
		]);
	});

	test('spellings of one name share a key', () => expect(nameKey('TRẦN THÚY HÒA')).toBe(nameKey(' Trần  Thuý Hoà')));
});

test.for([
	['0912345678', '0912345678'],
	['912345678', '0912345678'],
	['+84 912 345 678', '0912345678'],
	['84.912.345.678', '0912345678'],
	['0084912345678', '0912345678'],
	['0212345678', undefined],
	['091234567', undefined],
	['3866406', undefined],
	['không có', undefined]
] as const)('phone %s is read as %s', ([given, stored]) => expect(normalisePhone(given)).toBe(stored));

test.for([
	['024190006789', { digits: '024190006789', wasPadded: false }],
	['24190006789', { digits: '024190006789', wasPadded: true }],
	['1190006789', { digits: '001190006789', wasPadded: true }],
	['024 190 006 789', { digits: '024190006789', wasPadded: false }],
	['123456789', undefined],
	['0241900067890', undefined],
	['02419000678A', undefined]
] as const)('personal number %s is read as %o', ([given, expected]) =>
	expect(readPersonalNumber(given)).toEqual(expected)
);

test('a personal number is shown by its ends only', () =>
	expect(maskPersonalNumber('024190006789')).toBe('024*****6789'));

test.for([
	['05/03/2026', '2026-03-05'],
	['5/3/2026', '2026-03-05'],
	['2026-03-05T00:00:00.000Z', '2026-03-05'],
	['05/03/2026 07:30', '2026-03-05'],
	['ngày 05 tháng 3 năm 2026', '2026-03-05'],
	['31/02/2026', undefined],
	['03/13/2026', undefined],
	['05/03/26', undefined]
] as const)('day %s is read as %s', ([given, day]) => expect(readDay(given)).toBe(day));

test.for([
	['1975', { birthYear: 1975 }],
	['.../.../1975', { birthYear: 1975 }],
	['01/02/1975', { birthDate: '1975-02-01', birthYear: 1975 }],
	['75', undefined]
] as const)('birth %s is read as %o', ([given, birth]) => expect(readBirth(given)).toEqual(birth));

test('serial numbers of both of Excel’s calendars name the same day', () => {
	expect(dayOfSerial(46086, { is1904: false })).toBe('2026-03-05');
	expect(dayOfSerial(44624, { is1904: true })).toBe('2026-03-05');
	expect(dayOfSerial(46086.75, { is1904: false })).toBe('2026-03-05');
	expect(dayOfSerial(5, { is1904: false })).toBeUndefined();
});

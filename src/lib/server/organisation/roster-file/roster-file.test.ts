import { describe, expect, test } from 'vitest';
import { fieldOfHeading } from '#lib/organisation/roster-fields.ts';
import { findHeader, proposeMapping } from './header.ts';
import { type KnownPerson, matchPerson, personChange, type PlacedRow } from './match.ts';
import { KnownPeople, planBatch } from './plan.ts';
import { readRow, type ReadOptions } from './row.ts';
import { unitFinder } from './units.ts';
import { categoriesIn, categoryWords, levelOf, qualificationOf, splitDecision } from './words.ts';
import type { CellValue } from './workbook.ts';

const CATEGORIES = categoryWords([
	{ code: 'advising_official', nameVi: 'Cán bộ, công chức, viên chức, chiến sĩ tham mưu công tác PBGDPL', nameEn: 'A' },
	{ code: 'legal_rapporteur', nameVi: 'Báo cáo viên pháp luật', nameEn: 'Legal rapporteurs' },
	{ code: 'legal_propagandist', nameVi: 'Tuyên truyền viên pháp luật', nameEn: 'Legal propagandists' }
]);

describe('headings', () => {
	test.for([
		['HỌ VÀ TÊN (*)', 'fullName'],
		['họ  tên', 'fullName'],
		['Số CCCD', 'personalNumber'],
		['SĐT', 'phone'],
		['Đơn vị công tác', 'unit'],
		['NĂM SINH – Nữ', 'birthFemale'],
		['Nhóm đối tượng', 'category'],
		['STT', 'ignore'],
		['Màu yêu thích', undefined]
	] as const)('%s means %s', ([heading, field]) => expect(fieldOfHeading(heading)).toBe(field));

	const sheet = (...rows: CellValue[][]) => rows.map((cells, i) => ({ row: i + 1, cells }));

	test('the table is found below a title, and numbered columns are passed over', () => {
		const rows = sheet(
			['SỞ TƯ PHÁP'],
			['DANH SÁCH'],
			['STT', 'Họ và tên', 'CCCD'],
			['(1)', '(2)', '(3)'],
			[1, 'Lê A', '0']
		);
		const header = findHeader(rows, new Map());
		expect(header.firstDataIndex).toBe(4);
		expect(proposeMapping(header.headings, new Map())).toEqual({ 0: 'ignore', 1: 'fullName', 2: 'personalNumber' });
	});

	test('a heading over two columns is read with what stands below it', () => {
		const rows = sheet(
			['TT', 'Họ và tên', 'Năm sinh', 'Năm sinh'],
			['TT', 'Họ và tên', 'Nam', 'Nữ'],
			[1, 'Lê A', 1980]
		);
		const header = findHeader(rows, new Map());
		expect(header.firstDataIndex).toBe(2);
		expect(Object.values(proposeMapping(header.headings, new Map()))).toEqual([
			'ignore',
			'fullName',
			'birthMale',
			'birthFemale'
		]);
	});

	test('family and given names in two columns, and headings that were remembered', () => {
		const rows = sheet(['Họ và tên', 'Tên', 'Nơi làm'], ['Lê Thị', 'A', 'Sở Y tế']);
		const remembered = new Map([['noi lam', 'unit' as const]]);
		const { headings } = findHeader(rows, remembered);
		expect(Object.values(proposeMapping(headings, remembered))).toEqual(['familyName', 'givenName', 'unit']);
	});

	test('a sheet without a table is refused', () =>
		expect(() => findHeader(sheet(['Kính gửi'], ['Nội dung']), new Map())).toThrow(
			'organisation.file_without_headings'
		));
});

describe('words', () => {
	test.for([
		['BCV', ['legal_rapporteur'], []],
		['Báo cáo viên pháp luật; TTV', ['legal_rapporteur', 'legal_propagandist'], []],
		['BCV, tuyên truyền viên', ['legal_rapporteur', 'legal_propagandist'], []],
		['Cán bộ, công chức, viên chức, chiến sĩ tham mưu công tác PBGDPL', ['advising_official'], []],
		['Lãnh đạo', [], ['Lãnh đạo']]
	] as const)('%s names %j', ([text, codes, unknown]) =>
		expect(categoriesIn(text, CATEGORIES)).toEqual({ codes, unknown })
	);

	test.for([
		['Cử nhân Luật', 'law_degree'],
		['ThS. Luật học', 'law_degree'],
		['Đại học Kinh tế', 'other_degree'],
		['Trung cấp', 'other'],
		[undefined, undefined]
	] as const)('%s is %s', ([text, kind]) => expect(qualificationOf(text)).toBe(kind));

	test('levels and decisions', () => {
		expect(levelOf('cấp xã')).toBe('commune');
		expect(splitDecision('QĐ số 158/QĐ-UBND ngày 05/3/2026')).toEqual({ no: '158/QĐ-UBND', date: '2026-03-05' });
		expect(splitDecision('158/QĐ-UBND, 5/3/2026')).toEqual({ no: '158/QĐ-UBND', date: '2026-03-05' });
	});
});

describe('units', () => {
	const unit = (code: string, name: string) => ({ id: code, code, name, shortName: null, givesAggregates: false });
	const find = unitFinder([unit('YT', 'Ủy ban nhân dân xã Yên Thế'), unit('A1', 'Đội 1'), unit('A2', 'Đội 1')]);
	test.for([
		['yt', 'YT'],
		['UBND xã Yên Thế', 'YT'],
		['Uỷ ban nhân dân XÃ YÊN THẾ', 'YT']
	] as const)('%s is found', ([text, id]) => expect(find(text)).toMatchObject({ id }));
	test('a shared name is ambiguous, an unknown one is nothing', () => {
		expect(find('Đội 1')).toBe('ambiguous');
		expect(find('UBND xã Yên Lạc')).toBeUndefined();
	});
});

describe('rows', () => {
	const options: ReadOptions = {
		mapping: {
			0: 'fullName',
			1: 'birth',
			2: 'personalNumber',
			3: 'phone',
			4: 'category',
			5: 'validFrom',
			6: 'validTo'
		},
		defaults: {},
		is1904: false,
		today: '2026-11-20',
		categories: CATEGORIES
	};
	const good: CellValue[] = ['Lê Thị Hoà', '05/3/1980', '024180000001', '0912345678', 'BCV', '05/03/2026'];
	const read = (change: Record<number, CellValue>, more: Partial<ReadOptions> = {}) =>
		readRow({ row: 7, cells: Object.assign([...good], change) }, { ...options, ...more });

	test('a good row is read whole', () =>
		expect(read({})).toMatchObject({
			problems: [],
			row: {
				fullName: 'Lê Thị Hoà',
				birth: { birthDate: '1980-03-05', birthYear: 1980 },
				personalNumber: '024180000001',
				categories: ['legal_rapporteur'],
				validFrom: '2026-03-05'
			}
		}));

	test.for<[string, Record<number, CellValue>, string[]]>([
		['a year as a number', { 1: 1980 }, []],
		['a serial date', { 5: 46086 }, []],
		['a number without its zero', { 2: 24180000001 }, ['personal_number_padded']],
		['a telephone without its zero', { 3: 912345678 }, []],
		['an office telephone', { 3: '3866406' }, ['phone_not_mobile']],
		['capitals', { 0: 'LÊ THỊ HOÀ' }, ['name_in_capitals']],
		['a short number', { 2: '12345' }, ['personal_number_invalid']],
		['an impossible day', { 1: '31/02/1980' }, ['birth_unreadable']],
		['two-digit years', { 5: '05/03/26' }, ['day_unreadable']],
		['a day to come', { 5: '05/03/2027' }, ['valid_from_future']],
		['an end before the start', { 6: '01/01/2026' }, ['valid_to_before_from']],
		['no category', { 4: undefined }, ['category_missing']],
		['no start', { 5: undefined }, ['valid_from_missing']],
		['no name but a number', { 0: undefined }, ['name_missing']],
		['digits in the name', { 0: 'Lê 1' }, ['name_unreadable']]
	])('%s gives %j', ([, change, codes]) => expect(read(change)?.problems.map(({ code }) => code)).toEqual(codes));

	test('what the file leaves out comes from the form; capitals are put right when asked', () => {
		const defaults = { categoryCode: 'legal_propagandist', validFrom: '2026-01-01', hasCapsFixed: true };
		const row = read({ 0: 'LÊ THỊ HOÀ', 4: undefined, 5: undefined }, { defaults })?.row;
		expect(row).toMatchObject({ fullName: 'Lê Thị Hoà', categories: ['legal_propagandist'], validFrom: '2026-01-01' });
	});

	test('the 1904 calendar gives the same day', () =>
		expect(read({ 5: 44624 }, { is1904: true })?.row?.validFrom).toBe('2026-03-05'));

	test('totals and signatures are no people', () =>
		expect(readRow({ row: 9, cells: [undefined, undefined, undefined, undefined, 'Cộng'] }, options)).toBeUndefined());
});

describe('matching', () => {
	const person = (more: Partial<KnownPerson> = {}): KnownPerson => ({
		...{
			id: 'p',
			fullName: 'Lê Thị Hòa',
			searchName: 'le thi hoa',
			givenName: 'Hòa',
			numberHmac: 'aa',
			phone: '0912345678'
		},
		...{
			email: null,
			birthDate: '1980-03-05',
			birthYear: 1980,
			gender: null,
			qualification: null,
			qualificationNote: null
		},
		...{ experienceYears: null, unitId: 'U', unitName: 'Sở U', isInScope: true, affiliationId: 'a', position: null },
		...{ freeSince: null, memberships: [] },
		...more
	});
	const row = (more: Partial<PlacedRow> = {}): PlacedRow => ({
		...{ row: 1, fullName: 'Lê Thị Hoà', unitId: 'U', categories: ['legal_rapporteur'], legalFields: [] },
		validFrom: '2026-01-01',
		...more
	});

	test.for<[string, Partial<PlacedRow>, Partial<KnownPerson>, string]>([
		['the same number', { numberHmac: 'aa' }, {}, 'known'],
		['the same number under another name', { numberHmac: 'aa', fullName: 'Trần B' }, {}, 'number_of_another'],
		['the same number in another unit', { numberHmac: 'aa' }, { unitId: 'V' }, 'in_named_unit'],
		['the same number outside the scope', { numberHmac: 'aa' }, { unitId: 'V', isInScope: false }, 'in_other_unit'],
		['name and telephone', { phone: '0912345678' }, {}, 'known'],
		['name and telephone elsewhere', { phone: '0912345678' }, { unitId: 'V', isInScope: false }, 'in_other_unit'],
		['another number', { numberHmac: 'bb' }, {}, 'new'],
		['another birth', { birth: { birthYear: 1990 } }, {}, 'new'],
		['the same name in the unit', {}, {}, 'known'],
		['the same name elsewhere', {}, { unitId: 'V' }, 'new'],
		['name and birth elsewhere', { birth: { birthYear: 1980 } }, { unitId: 'V' }, 'new with a remark'],
		['someone without a unit, by name', {}, { unitId: null, isInScope: false }, 'new'],
		['someone without a unit, by number', { numberHmac: 'aa' }, { unitId: null, isInScope: false }, 'known']
	])('%s is %s', ([, rowMore, personMore, expected]) => {
		const match = matchPerson(row(rowMore), [person(personMore)]);
		const kind = match.kind === 'new' && match.lookalike ? 'new with a remark' : match.kind;
		expect(match.kind === 'refused' ? match.code : kind).toBe(expected);
	});

	test('two of one name are not guessed between', () =>
		expect(matchPerson(row(), [person(), person({ id: 'q', numberHmac: 'cc' })])).toMatchObject({
			code: 'several_same_name'
		}));

	test('an empty cell erases nothing and capitals do not overwrite a name', () => {
		expect(personChange(row({ fullName: 'LÊ THỊ HÒA' }), person())).toEqual({});
		expect(personChange(row({ email: 'a@b.vn' }), person())).toEqual({
			email: 'a@b.vn',
			fullName: 'Lê Thị Hoà',
			givenName: 'Hoà'
		});
	});

	test('two rows of one person in one file make one person with two categories', () => {
		const known = new KnownPeople();
		const rows = [row({ numberHmac: 'zz' }), row({ row: 2, numberHmac: 'zz', categories: ['advising_official'] })];
		const { counts, writes } = planBatch(rows, known);
		expect(counts).toMatchObject({ created: 1, updated: 1 });
		expect([writes.people.size, writes.memberships.size, writes.affiliations.length]).toEqual([1, 2, 1]);
		expect(planBatch(rows, known).counts).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
	});
});

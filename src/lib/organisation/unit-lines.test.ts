import { expect, test } from 'vitest';
import { readUnitLines, soundLines, splitLines, unitTypeOf } from './unit-lines.ts';

test.for([
	['Sở Tư pháp', 'provincial_department'],
	['Xã', 'commune'],
	['UBND phường Kinh Bắc', 'commune'],
	['Công an tỉnh', 'armed_forces'],
	['Ban Chỉ huy quân sự', 'armed_forces'],
	['Hội Luật gia', 'association'],
	['Trường Chính trị', 'school'],
	['Ủy ban MTTQ', 'front_organisation'],
	['Khác', undefined]
] as const)('%s is %s', ([text, type]) => expect(unitTypeOf(text)).toBe(type));

test('a table copied from Excel is read, its heading passed over', () => {
	const table = splitLines(
		'Mã\tTên\tLoại\tMã cấp trên\nMH-01\tSở Tư pháp\tSở\t\nMH-01-A\tTrung tâm TGPL\tTrung tâm\tMH-01'
	);
	expect(readUnitLines(table, new Set())).toEqual({
		problems: [],
		lines: [
			{ line: 2, code: 'MH-01', name: 'Sở Tư pháp', type: 'provincial_department', parentCode: undefined },
			{ line: 3, code: 'MH-01-A', name: 'Trung tâm TGPL', type: 'commune_office', parentCode: 'MH-01' }
		]
	});
});

test.for([
	['; Sở A; Sở', 'no_code'],
	['Mã 1; Sở A; Sở', 'bad_code'],
	['M1; ; Sở', 'no_name'],
	['M1; Sở A; Sở\nM1; Sở B; Sở', 'code_twice'],
	['M1; Lạ; Lạ', 'unknown_type'],
	['M1; Sở A; Sở; M9', 'unknown_parent'],
	['M1; Sở A; Sở; M2\nM2; Sở B; Sở; M1', 'below_itself']
] as const)('%j is told as %s', ([text, code]) => {
	const rows = code === 'bad_code' ? [['x', ''], ...splitLines(text)].slice(1) : splitLines(text);
	const { problems } = readUnitLines([['Mã', 'Tên'], ...rows], new Set());
	expect(problems[0]?.code).toBe(code);
});

test('lines below a bad line are not sound, whatever their order', () => {
	const table = splitLines('A1; Sở A; Sở; A9\nA3; Phòng C; Phòng; A2\nA2; Phòng B; Phòng; A1\nB1; Sở B; Sở;');
	expect(soundLines(readUnitLines(table, new Set())).map(({ code }) => code)).toEqual(['B1']);
});

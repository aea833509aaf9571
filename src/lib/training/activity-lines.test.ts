import { expect, test } from 'vitest';
import { registerMessages } from '../i18n/register.ts';
import { readActivityLines, type ActivityTerms } from './activity-lines.ts';

const HEAD = [
	'TT',
	'Tên lớp',
	'Hình thức',
	'Từ ngày',
	'Đến ngày',
	'Số tiết',
	'Số văn bản',
	'Đơn vị chủ trì',
	'Chuyên đề'
];
const TERMS: ActivityTerms = {
	unitOf: (text) =>
		({ 'Sở Tư pháp': 'stp', 'Xã A': { problem: 'ambiguous_unit' as const } })[text] ?? { problem: 'unknown_unit' },
	ownUnitId: 'own',
	topicOf: (text) => (text === 'Podcast' ? 'audio' : undefined),
	today: '2026-11-20'
};
const GOOD = ['1', 'Lớp A', 'Trực tuyến', '05/3/2026', '06/3/2026', '8', '15/KH-UBND', 'Sở Tư pháp', 'Podcast'];
const with_ = (column: number, text: string) => GOOD.map((cell, i) => (i === column ? text : cell));

test('a table with a title above, headings in their order and empty rows is read', () => {
	const table = [['SỔ THEO DÕI TẬP HUẤN'], HEAD, GOOD, ['', '', ''], with_(7, '').slice(0, 8)];
	expect(readActivityLines(table, TERMS)).toEqual({
		problems: [],
		lines: [
			{
				...{ line: 3, title: 'Lớp A', kind: 'training', mode: 'online_live', organiserUnitId: 'stp' },
				...{ startsOn: '2026-03-05', endsOn: '2026-03-06', teachingPeriods: 8, documentNo: '15/KH-UBND' },
				...{ documentDate: null, topics: ['audio'], place: null, lecturers: null },
				...{ stateBudgetVnd: null, otherFundsVnd: null }
			},
			expect.objectContaining({ line: 5, organiserUnitId: 'own', topics: ['digital_skills'] })
		]
	});
});

test('every column that matters of the exported register is recognised', () => {
	const heads = registerMessages.vi.sheet.headings;
	const cells = heads.map((heading) => {
		if (heading === 'Tên lớp') return 'Lớp A';
		if (heading === 'Hình thức') return 'Kết hợp';
		if (/^Từ ngày|^Ngày bắt đầu/.test(heading)) return '05/3/2026';
		if (heading === 'Số tiết') return '4,5';
		if (heading.startsWith('Số văn bản')) return '15/KH';
		return '';
	});
	expect(readActivityLines([heads, cells], TERMS)).toMatchObject({
		problems: [],
		lines: [{ mode: 'hybrid', teachingPeriods: 4.5, documentNo: '15/KH' }]
	});
});

test.for([
	[1, '', 'missing'],
	[1, 'x'.repeat(301), 'too_long'],
	[2, 'qua bưu điện', 'unknown_mode'],
	[2, 'Tự học trực tuyến', 'self_paced'],
	[3, '31/02/2026', 'bad_day'],
	[4, '01/3/2026', 'day_order'],
	[4, '21/11/2026', 'future'],
	[5, 'tám', 'bad_number'],
	[5, '0', 'bad_number'],
	[6, '', 'missing'],
	[7, 'Xã A', 'ambiguous_unit'],
	[7, 'Xã Không Có', 'unknown_unit'],
	[8, 'Bói toán', 'unknown_topic']
] as const)('column %i as %j is told as %s', ([column, text, code]) => {
	const { lines, problems } = readActivityLines([HEAD, with_(column, text)], TERMS);
	expect([lines, problems.map((problem) => [problem.line, problem.code])]).toEqual([[], [[2, code]]]);
});

test('a table without its headings is told so, not guessed at', () => {
	expect(readActivityLines([GOOD], TERMS).problems[0]?.code).toBe('no_headings');
	const { problems } = readActivityLines([HEAD.filter((text) => text !== 'Số tiết'), GOOD], TERMS);
	expect(problems).toMatchObject([{ code: 'no_headings', field: 'teachingPeriods' }]);
	expect(readActivityLines([], TERMS).lines).toEqual([]);
});

import { expect, test } from 'vitest';
import { cellField, readEntries, textField } from './entries.ts';
import { OpenPeriodInput } from './input.ts';
import { periodDays } from './period-days.ts';
import { percentOf, totalRow, type ReportTable } from './report-table.ts';

const STAGES = [{ code: '2025-2027', startsOn: '2025-01-01', endsOn: '2027-12-31' }];
const ask = (more: Partial<OpenPeriodInput>): OpenPeriodInput => ({
	...{ kind: 'year', year: 2026, stage: null, name: null, fromOn: null, toOn: null, cutOff: null, dueOn: '2026-12-20' },
	...more
});

test.for([
	{ of: 'a year', input: ask({}), is: ['Năm 2026', '2026-01-01', '2026-12-31'] },
	{ of: 'a half', input: ask({ kind: 'first_half' }), is: ['6 tháng đầu năm 2026', '2026-01-01', '2026-06-30'] },
	{ of: 'the other', input: ask({ kind: 'second_half' }), is: ['6 tháng cuối năm 2026', '2026-07-01', '2026-12-31'] },
	{
		of: 'a stage',
		input: ask({ kind: 'stage', stage: '2025-2027' }),
		is: ['Giai đoạn 2025-2027', '2025-01-01', '2027-12-31']
	},
	{
		of: 'days of its own',
		input: ask({ kind: 'custom', name: 'Quý III', fromOn: '2026-07-01', toOn: '2026-09-30' }),
		is: ['Quý III', '2026-07-01', '2026-09-30']
	}
])('the days of $of', ({ input, is }) => {
	const days = periodDays(input, STAGES);
	expect([days?.name, days?.fromOn, days?.toOn]).toEqual(is);
});

test('a stage that the plan has not is no period', () => {
	expect(periodDays(ask({ kind: 'stage', stage: '2031' }), STAGES)).toBeUndefined();
});

function typed(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return form;
}

test('a row typed without its source is refused at that field, an empty one is dropped', () => {
	const without = readEntries(typed({ [cellField('06', 0, 'kind')]: 'Video', [cellField('06', 1, 'kind')]: ' ' }));
	expect(without).toEqual({ ok: false, issues: { '06.0.source': 'form.required' } });
	const read = readEntries(
		typed({
			...{ [cellField('06', 0, 'kind')]: 'Video', [cellField('06', 0, 'views')]: '1.503.839' },
			...{ [cellField('06', 0, 'source')]: 'Kênh YouTube', [textField('results')]: ' Tốt. ' },
			receivers: '- Sở Tư pháp;\n\n- Lưu trữ.'
		})
	);
	expect(read).toMatchObject({
		ok: true,
		entries: {
			narrative: { results: 'Tốt.' },
			tables: { '06': [{ values: { kind: 'Video', views: 1503839 }, source: 'Kênh YouTube' }] },
			form: { receivers: ['Sở Tư pháp', 'Lưu trữ'] }
		}
	});
});

test('words where a number belongs are refused', () => {
	const read = readEntries(typed({ [cellField('08', 0, 'sent')]: 'nhiều', [cellField('08', 0, 'source')]: 'BC' }));
	expect(read).toEqual({ ok: false, issues: { '08.0.sent': 'form.whole_number' } });
});

test('a total adds numbers up and takes percentages of the sums, never their mean', () => {
	const table: ReportTable = {
		...{ id: '05', title: '', isManual: false, footnotes: [], total: { label: 'Tổng', columns: [2, 3] } },
		columns: [
			{ label: 'TT', width: 1 },
			{ label: 'Đơn vị', width: 1, isText: true },
			{ label: 'Đối tượng', width: 1 },
			{ label: 'Đã tập huấn', width: 1 },
			{ label: 'Tỷ lệ', width: 1, percent: { part: [3], whole: [2] } }
		],
		rows: [
			[1, 'A', 10, 10, { part: 10, whole: 10 }],
			[2, 'B', 90, 10, { part: 10, whole: 90 }]
		]
	};
	expect(totalRow(table)).toEqual([null, 'Tổng', 100, 20, { part: 20, whole: 100 }]);
	expect(percentOf({ part: [3], whole: [2] }, [1, 'A', 0, 0])).toEqual({ part: 0, whole: 0 });
});

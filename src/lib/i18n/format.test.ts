import { expect, test } from 'vitest';
import {
	formatBytes,
	formatClock,
	formatCount,
	formatDateTime,
	formatDay,
	formatDayLong,
	formatDuration,
	formatMinutes,
	formatNumber,
	formatPercent,
	formatThreshold,
	formatWeekday,
	parseDay
} from './format.ts';

test('a day reads dd/MM/yyyy, and an instant is the day it is in Việt Nam', () => {
	expect(formatDay('2026-03-05')).toBe('05/03/2026');
	expect(formatDay(new Date('2026-03-04T17:30:00Z'))).toBe('05/03/2026');
	expect(formatClock(new Date('2026-03-05T07:05:00Z'))).toBe('14:05');
	expect(formatDateTime(new Date('2026-03-05T17:05:00Z'))).toBe('00:05 06/03/2026');
	expect(formatWeekday('2026-03-05')).toBe('Thứ Năm, 05/03/2026');
});

test('a long date has a zero before days below ten and months one and two only', () => {
	expect(formatDayLong('2026-03-05')).toBe('ngày 05 tháng 3 năm 2026');
	expect(formatDayLong('2026-02-15')).toBe('ngày 15 tháng 02 năm 2026');
	expect(formatDayLong('2026-10-09')).toBe('ngày 09 tháng 10 năm 2026');
	expect(formatDayLong('2026-03-05', 'en')).toBe('5 March 2026');
});

test.for([
	{ text: '05/03/2026', day: '2026-03-05' },
	{ text: ' 5-3-2026 ', day: '2026-03-05' },
	{ text: '5.3.2026', day: '2026-03-05' },
	{ text: '05032026', day: '2026-03-05' },
	{ text: '2026-03-05', day: '2026-03-05' },
	{ text: '29/02/2024', day: '2024-02-29' },
	{ text: '29/02/2026', day: undefined },
	{ text: '31/04/2026', day: undefined },
	{ text: '12/13/2026', day: undefined },
	{ text: '5/3/26', day: undefined },
	{ text: 'hôm nay', day: undefined }
])('"$text" is read as $day', ({ text, day }) => {
	expect(parseDay(text)).toBe(day);
});

test('numbers group by a point and divide by a comma', () => {
	expect(formatNumber(1234.5)).toBe('1.234,5');
	expect(formatNumber(1503839)).toBe('1.503.839');
	expect(formatNumber(1234.5, 'en')).toBe('1,234.5');
	expect(formatCount(9)).toBe('09');
	expect(formatCount(161)).toBe('161');
	expect(formatCount(1200)).toBe('1.200');
});

test('a share is rounded down at two decimals', () => {
	expect(formatPercent(801, 1000)).toBe('80,10%');
	expect(formatPercent(30, 40)).toBe('75,00%');
	expect(formatPercent(749_999, 1_000_000)).toBe('74,99%');
	expect(formatPercent(2, 3)).toBe('66,66%');
	expect(formatPercent(29, 100)).toBe('29,00%');
	expect(formatPercent(7, 7)).toBe('100,00%');
	expect(formatPercent(0, 0)).toBe('–');
	expect(formatThreshold(75)).toBe('75%');
});

test('sizes and times are short', () => {
	expect(formatBytes(0)).toBe('0 B');
	expect(formatBytes(45 * 1024 ** 2)).toBe('45 MB');
	expect(formatBytes(1.24 * 1024 ** 3)).toBe('1,2 GB');
	expect(formatBytes(310 * 1024)).toBe('310 KB');
	expect(formatMinutes(61)).toBe('2 phút');
	expect(formatMinutes(60, 'en')).toBe('1 minute');
	expect(formatDuration(760)).toBe('12:40');
	expect(formatDuration(3723.9)).toBe('1:02:03');
});

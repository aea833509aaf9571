import { expect, test } from 'vitest';
import { instantOf, readClock } from '../text/clock.ts';
import { lineState } from './plan.ts';
import { sittingsOf } from './session-input.ts';

test.for([
	['8h', '08:00'],
	['8h30', '08:30'],
	['08:05', '08:05'],
	['8 giờ 30 phút', '08:30'],
	['13g30', '13:30'],
	['08:30:00', '08:30'],
	['24:00', undefined],
	['8', undefined],
	['sáng', undefined]
] as const)('the time %s is read as %s', ([text, clock]) => expect(readClock(text)).toBe(clock));

test('a time of day is one of Việt Nam', () => {
	expect(instantOf('2026-03-05', '08:00').toISOString()).toBe('2026-03-05T01:00:00.000Z');
});

test.for([
	{ name: 'nothing opened yet', classCount: 2, opened: 0, held: 0, plannedTo: '2026-12-01', state: 'waiting' },
	{ name: 'one of two under way', classCount: 2, opened: 1, held: 0, plannedTo: '2026-12-01', state: 'opened' },
	{ name: 'one of two held', classCount: 2, opened: 2, held: 1, plannedTo: '2026-12-01', state: 'opened' },
	{ name: 'both held, though late', classCount: 2, opened: 2, held: 2, plannedTo: '2026-10-01', state: 'held' },
	{ name: 'one of two held and late', classCount: 2, opened: 2, held: 1, plannedTo: '2026-11-19', state: 'overdue' },
	{ name: 'its last planned day', classCount: 1, opened: 0, held: 0, plannedTo: '2026-11-20', state: 'waiting' }
])('a planned activity with $name is $state', ({ state, ...line }) => {
	expect(lineState(line, '2026-11-20')).toBe(state);
});

test('sittings by pattern leave the weekend out and stop after a fortnight', () => {
	const pattern = { halves: 'both', isWeekendLeftOut: true } as const;
	const days = sittingsOf(pattern, '2026-11-20', '2026-11-23').map(({ day, from }) => `${day} ${from}`);
	expect(days).toEqual(['2026-11-20 08:00', '2026-11-20 13:30', '2026-11-23 08:00', '2026-11-23 13:30']);
	expect(sittingsOf({ halves: 'morning', isWeekendLeftOut: false }, '2026-01-01', '2026-12-31')).toHaveLength(28);
});

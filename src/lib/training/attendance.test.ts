import { expect, test } from 'vitest';
import { minutesFrom, sittingMinutes, standingAfter, type Standing } from './attendance.ts';

const sitting = { startsAt: new Date('2026-11-20T08:00:00+07:00'), endsAt: new Date('2026-11-20T11:30:00+07:00') };

test.for([
	{ at: '07:40', minutes: 210 },
	{ at: '08:15', minutes: 210 },
	{ at: '08:16', minutes: 194 },
	{ at: '11:30', minutes: 0 },
	{ at: '12:00', minutes: 0 }
])('checking in at $at credits $minutes minutes', ({ at, minutes }) => {
	expect(sittingMinutes(sitting)).toBe(210);
	expect(minutesFrom(sitting, new Date(`2026-11-20T${at}:00+07:00`))).toBe(minutes);
});

const summoned: Standing = { attendedOn: null, completedOn: null, isByAttendance: false, outcome: null };
const done: Standing = {
	attendedOn: '2026-11-18',
	completedOn: '2026-11-19',
	isByAttendance: true,
	outcome: 'completed'
};

test.for([
	{
		name: 'the first sitting makes an attendee',
		before: summoned,
		sum: ['2026-11-18', null],
		after: ['2026-11-18', null]
	},
	{
		name: 'enough time completes',
		before: summoned,
		sum: ['2026-11-18', '2026-11-19'],
		after: ['2026-11-18', '2026-11-19']
	},
	{ name: 'a correction takes it back', before: done, sum: ['2026-11-18', null], after: ['2026-11-18', null] },
	{
		name: 'a completion by hand stays',
		before: { ...done, isByAttendance: false },
		sum: ['2026-11-18', null],
		after: undefined
	},
	{ name: 'nothing new changes nothing', before: done, sum: ['2026-11-18', '2026-11-19'], after: undefined },
	{
		name: 'who came is not absent',
		before: { ...summoned, outcome: 'absent' },
		sum: ['2026-11-18', null],
		after: ['2026-11-18', null]
	}
] as const)('$name', ({ before, sum: [firstDay, reachedOn], after }) => {
	const standing = standingAfter(before, { firstDay, reachedOn });
	expect(standing && [standing.attendedOn, standing.completedOn]).toEqual(after);
	expect(standing?.outcome ?? null).toBe(after?.[1] ? 'completed' : null);
});

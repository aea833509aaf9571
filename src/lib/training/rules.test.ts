import { expect, test } from 'vitest';
import { coursePercent, isAttendanceComplete, isCourseComplete } from './completion.ts';
import { nextStatus, possibleChanges, statusOn } from './lifecycle.ts';
import { onlineShortcomings, trainedShortcomings, type QualifyingFacts } from './qualifying.ts';

const lesson = (isRequired: boolean, isComplete: boolean) => ({ isRequired, isComplete });

test.for([
	{
		name: 'all required lessons done',
		lessons: [lesson(true, true), lesson(false, false)],
		complete: true,
		percent: 100
	},
	{
		name: 'one required lesson open',
		lessons: [lesson(true, true), lesson(true, false)],
		complete: false,
		percent: 50
	},
	{ name: 'only optional lessons, all done', lessons: [lesson(false, true)], complete: true, percent: 100 },
	{
		name: 'only optional lessons, one open',
		lessons: [lesson(false, true), lesson(false, false)],
		complete: false,
		percent: 50
	},
	{ name: 'no lessons', lessons: [], complete: false, percent: 0 }
])('$name: complete is $complete at $percent%', ({ lessons, complete, percent }) => {
	expect(isCourseComplete(lessons)).toBe(complete);
	expect(coursePercent(lessons)).toBe(percent);
});

test('attendance completes at exactly the share that the province asks for', () => {
	expect(isAttendanceComplete(6.4, 8, 80)).toBe(true);
	expect(isAttendanceComplete(6.3, 8, 80)).toBe(false);
	expect(isAttendanceComplete(0, 0, 80)).toBe(false);
});

test('a class moves along its life and never backwards past a report', () => {
	expect(nextStatus('planned', 'end')).toBe('ended');
	expect(nextStatus('ended', 'reopen')).toBe('ongoing');
	expect(nextStatus('reported', 'reopen')).toBeUndefined();
	expect(nextStatus('cancelled', 'begin')).toBeUndefined();
	expect(nextStatus('locked', 'return')).toBeUndefined();
	expect(possibleChanges('ended', ['manage'])).toEqual(['reopen']);
	expect(possibleChanges('ended', ['manage', 'approve'])).toEqual(['reopen', 'report']);
	expect(possibleChanges('locked', ['manage', 'approve', 'province'])).toEqual([]);
});

test('a planned class is under way from its first day', () => {
	expect(statusOn({ status: 'planned', startsOn: '2026-11-20' }, '2026-11-19')).toBe('planned');
	expect(statusOn({ status: 'planned', startsOn: '2026-11-20' }, '2026-11-20')).toBe('ongoing');
	expect(statusOn({ status: 'cancelled', startsOn: '2026-11-20' }, '2026-11-20')).toBe('cancelled');
});

const rule = {
	countedKinds: ['training', 'refresher'],
	countedTopics: ['digital_skills'],
	targetCategories: ['legal_rapporteur', 'legal_propagandist']
};
const facts: QualifyingFacts = {
	source: 'own',
	kind: 'training',
	topics: ['digital_skills'],
	audience: [],
	status: 'ended',
	documentNo: '12/KH-UBND',
	approver: null,
	attendeeCount: 1
};

test.for<{ name: string; change: Partial<QualifyingFacts>; trained: string[]; online: string[] }>([
	{ name: 'a held class', change: {}, trained: [], online: [] },
	{ name: 'an open class', change: { status: 'ongoing' }, trained: [], online: ['not_ended'] },
	{ name: 'an external class', change: { source: 'external' }, trained: [], online: ['external'] },
	{ name: 'a class nobody came to', change: { attendeeCount: 0 }, trained: [], online: ['no_attendee'] },
	{ name: 'a conference', change: { kind: 'conference' }, trained: ['kind'], online: ['kind'] },
	{ name: 'another topic', change: { topics: ['land_law'] }, trained: ['topic'], online: ['topic'] },
	{ name: 'mediators only', change: { audience: ['mediator'] }, trained: ['audience'], online: ['audience'] },
	{ name: 'mediators too', change: { audience: ['mediator', 'legal_rapporteur'] }, trained: [], online: [] },
	{ name: 'no document, an approver', change: { documentNo: null, approver: 'Chủ tịch' }, trained: [], online: [] },
	{ name: 'neither', change: { documentNo: '' }, trained: ['document'], online: ['document'] },
	{ name: 'a cancelled class', change: { status: 'cancelled' }, trained: ['cancelled'], online: ['cancelled'] }
])('$name lacks $trained for people and $online for the online share', ({ change, trained, online }) => {
	expect(trainedShortcomings({ ...facts, ...change }, rule)).toEqual(trained);
	expect(onlineShortcomings({ ...facts, ...change }, rule)).toEqual(online);
});

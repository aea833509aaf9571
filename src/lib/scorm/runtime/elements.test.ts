import { expect, test } from 'vitest';
import { isKnownElement, isStoredElement } from './elements.ts';
import { secondsOf, timeText } from './time.ts';

test.for([
	'settings.lmsCommitUrl',
	'settings.xhrHeaders.Authorization',
	'lmsFinish',
	'cmi',
	'cmi.core',
	'cmi.toString',
	'cmi.constructor',
	'cmi.reset',
	'cmi._initialized',
	'cmi.jsonString',
	'cmi.objectives',
	'cmi.objectives.0',
	'cmi.__proto__.x',
	'_sequencing',
	'adl',
	'cmi.core.lesson_status\n',
	'xcmi.core.lesson_status'
])('%s is no element of either standard', (element) => {
	expect([isKnownElement('1.2', element), isKnownElement('2004', element)]).toEqual([false, false]);
});

test.for([
	'cmi.core._children',
	'cmi.core.student_name',
	'cmi.suspend_data',
	'cmi.interactions.12.correct_responses.0.pattern',
	'cmi.core.lesson_status._children'
])('1.2 knows %s', (element) => expect(isKnownElement('1.2', element)).toBe(true));

test.for([
	'cmi.completion_status',
	'cmi.objectives._count',
	'adl.nav.request',
	'adl.nav.request_valid.choice.{target=intro}',
	'adl.data.0.store',
	'cmi.interactions.0.objectives._count'
])('2004 knows %s', (element) => expect(isKnownElement('2004', element)).toBe(true));

test('only what content may set is kept, and no more than 2,000 interactions', () => {
	expect(isStoredElement('1.2', 'cmi.core.student_name')).toBe(false);
	expect(isStoredElement('1.2', 'cmi.core.lesson_location')).toBe(true);
	expect(isStoredElement('2004', 'cmi.interactions.1999.id')).toBe(true);
	expect(isStoredElement('2004', 'cmi.interactions.2000.id')).toBe(false);
});

test.for([
	['00:01:30', 90],
	['0012:00:00.50', 43_200.5],
	['99:99:99', 362_439],
	['PT1H5M', 3900],
	['P1DT1S', 86_401],
	['soon', null],
	['', null]
] as const)('a session time of %s is %s seconds', ([text, seconds]) => {
	expect(secondsOf(text)).toBe(seconds);
});

test('a total reads in either standard', () => {
	expect(timeText('1.2', 3723)).toBe('0001:02:03');
	expect(timeText('2004', 3723.5)).toBe('PT1H2M3.50S');
});

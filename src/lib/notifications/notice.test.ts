import { expect, test } from 'vitest';
import { defineNotice, fillText, placesIn, textProblem } from './notice.ts';
import { TEMPLATES } from './templates.ts';

const notice = defineNotice({
	group: 'work',
	params: { className: 'text', dueOn: 'day', count: 'number', closedAt: 'instant', learner: 'name' },
	sample: { className: 'Lớp A', dueOn: '2026-12-05', count: 1234, closedAt: '2026-12-05T10:00:00Z', learner: 'Lê Lan' },
	vi: { title: 'Hạn {dueOn}', body: '{learner}: {className}' },
	en: { title: 'Due {dueOn}', body: '{learner}: {className}' }
});

test('values are shown as officials write them', () => {
	const text = '{className} | {dueOn} | {count} | {closedAt} | {learner}';
	expect(fillText(text, notice.params, notice.sample, 'vi')).toBe(
		'Lớp A | 05/12/2026 | 1.234 | 17:00 05/12/2026 | Lê Lan'
	);
});

test('a value that is not there leaves nothing behind, and a value is never filled again', () => {
	expect(fillText('Lớp {className}, hạn {dueOn}.', notice.params, { className: '{dueOn}' }, 'vi')).toBe(
		'Lớp {dueOn}, hạn .'
	);
});

test.for([
	{ name: 'a place the message does not have', text: { title: 'A', body: '{nothing}' }, code: 'unknown_place' },
	{ name: 'a name inherited from Object', text: { title: 'A', body: '{constructor}' }, code: 'unknown_place' },
	{ name: 'a person in the title', text: { title: 'Gửi {learner}', body: 'B' }, code: 'name_in_title' }
])('an edited text is refused for $name', ({ text, code }) => {
	expect(textProblem(notice, text)).toBe(`notifications.${code}`);
});

test.for(Object.entries(TEMPLATES))('%s reads in both languages and keeps people out of its title', ([, template]) => {
	for (const text of [template.vi, template.en]) expect(textProblem(template, text)).toBeUndefined();
	expect(new Set(placesIn(template.vi.body))).toEqual(new Set(placesIn(template.en.body)));
	expect(Object.keys(template.sample)).toEqual(Object.keys(template.params));
});

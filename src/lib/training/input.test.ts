import * as v from 'valibot';
import { expect, test } from 'vitest';
import { OpenClassInput, OutcomeInput, RecordHeldClassInput } from './input.ts';

const ID = '35c5e6bf-abde-48c7-8582-3f8191aa8864';

/** Field → code of its first issue; empty when all is well. */
function issuesOf(schema: v.GenericSchema, input: unknown): Record<string, string> {
	const parsed = v.safeParse(schema, input);
	if (parsed.success) return {};
	return Object.fromEntries(parsed.issues.map((issue) => [String(issue.path?.[0]?.key), issue.message]));
}

const outcome = { participationIds: [ID], outcome: 'absent_excused' };

test.for([
	{ name: 'fields a self-paced class does not ask for may be missing', input: outcome, issues: {} },
	{ name: 'an empty day is none', input: { ...outcome, day: '', attendedPeriods: '' }, issues: {} },
	{ name: 'a completion needs its day', input: { ...outcome, outcome: 'completed' }, issues: { day: 'form.required' } },
	{ name: 'a day that is none is told', input: { ...outcome, day: '31/02/2026' }, issues: { day: 'form.date' } },
	{ name: 'tiết are numbers', input: { ...outcome, attendedPeriods: 'x' }, issues: { attendedPeriods: 'form.number' } },
	{ name: 'somebody is chosen', input: { outcome: 'absent' }, issues: { participationIds: 'form.choose_one' } }
])('$name', ({ input, issues }) => {
	expect(issuesOf(OutcomeInput, input)).toEqual(issues);
});

const held = {
	activityId: ID,
	organiserUnitId: ID,
	title: 'Tập huấn',
	mode: 'in_person',
	teachingPeriods: '7,5',
	documentNo: '12/KH',
	heldOn: '5/3/2026'
};

test('a held class is read as officials write it', () => {
	const parsed = v.parse(RecordHeldClassInput, {
		...held,
		stateBudgetVnd: '1.500.000',
		walkInNames: ['Vàng A Sủng', '', 'Lò Thị Mai'],
		walkInBirthYears: ['1990', '', '']
	});
	expect(parsed).toMatchObject({
		heldOn: '2026-03-05',
		endedOn: null,
		teachingPeriods: 7.5,
		stateBudgetVnd: 1_500_000,
		otherFundsVnd: null,
		present: [],
		walkIns: [
			{ fullName: 'Vàng A Sủng', birthYear: 1990, unitId: ID },
			{ fullName: 'Lò Thị Mai', birthYear: null, unitId: ID }
		]
	});
});

test('a class without document and approver, or with days in the wrong order, is sent back', () => {
	expect(issuesOf(RecordHeldClassInput, { ...held, documentNo: '' })).toEqual({
		documentNo: 'form.document_or_approver'
	});
	expect(issuesOf(RecordHeldClassInput, { ...held, documentNo: '', approver: 'Chủ tịch' })).toEqual({});
	expect(issuesOf(RecordHeldClassInput, { ...held, endedOn: '04/03/2026' })).toEqual({ endedOn: 'form.date_order' });
	const opened = { ...held, mode: 'online_self_paced', startsOn: '05/03/2026', dueOn: '04/03/2026' };
	expect(issuesOf(OpenClassInput, opened)).toEqual({ dueOn: 'form.date_order', courseVersionId: 'form.required' });
});

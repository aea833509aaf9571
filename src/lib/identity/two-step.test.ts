import { expect, test } from 'vitest';
import { SETTINGS } from './settings.ts';
import { twoStepState } from './two-step.ts';

const admin = {
	policy: SETTINGS.two_step.initial,
	roles: ['unit_admin', 'province_admin'],
	isOn: false,
	isDemo: false,
	dueOn: '2026-12-02',
	today: '2026-12-01'
};

test.for([
	{ name: 'an admin in the days of grace', change: {}, state: 'due' },
	{ name: 'an admin on the day it is due', change: { today: '2026-12-02' }, state: 'overdue' },
	{ name: 'an admin who has not signed in since', change: { dueOn: null, today: '2027-01-01' }, state: 'due' },
	{ name: 'an admin who has set it up', change: { isOn: true, today: '2027-01-01' }, state: 'on' },
	{ name: 'a demo account', change: { isDemo: true, today: '2027-01-01' }, state: 'due' },
	{ name: 'a learner', change: { roles: [], today: '2027-01-01' }, state: 'free' },
	{ name: 'a commune’s admin', change: { roles: ['unit_admin'], today: '2027-01-01' }, state: 'free' },
	{
		name: 'where the policy only reminds',
		change: { policy: { ...SETTINGS.two_step.initial, mode: 'remind' as const }, today: '2027-01-01' },
		state: 'due'
	},
	{
		name: 'where the policy is off',
		change: { policy: { ...SETTINGS.two_step.initial, mode: 'off' as const }, today: '2027-01-01' },
		state: 'free'
	}
])('$name: $state', ({ change, state }) => {
	expect(twoStepState({ ...admin, ...change })).toBe(state);
});

import type { TwoStepPolicy } from './settings.ts';

/**
 * How an account stands to the second step of signing in: `on`; `free` to do without; reminded (`due` until a day);
 * `overdue`, so that nothing else opens until it is set up.
 */
export type TwoStepState = 'on' | 'free' | 'due' | 'overdue';

type Standing = Readonly<{
	policy: TwoStepPolicy;
	roles: readonly string[];
	isOn: boolean;
	/** Of a demonstration with published passwords: reminded, never held up. */
	isDemo: boolean;
	/** `yyyy-mm-dd`, absent until the first sign-in that falls under the policy. */
	dueOn: string | null;
	today: string;
}>;

/** Days are compared as texts, which their form allows. */
export function twoStepState({ policy, roles, isOn, isDemo, dueOn, today }: Standing): TwoStepState {
	if (isOn) return 'on';
	if (policy.mode === 'off' || !roles.some((role) => policy.roles.includes(role as never))) return 'free';
	const isEnforced = policy.mode === 'require' && !isDemo && dueOn !== null && today >= dueOn;
	return isEnforced ? 'overdue' : 'due';
}

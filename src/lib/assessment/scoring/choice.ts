import type { BodyOf } from '../question.ts';

/** Share of the marks, 0 to 1, for the chosen option: its credit. */
export function scoreSingle({ options }: BodyOf<'single'>, chosen: string): number {
	return share(options.find(({ id }) => id === chosen)?.credit ?? 0);
}

export function scoreTrueFalse({ isTrue }: BodyOf<'true_false'>, answer: boolean): number {
	return answer === isTrue ? 1 : 0;
}

/**
 * Share of the marks for several ticked options, never below 0. Right options are those with a credit above 0.
 * - `all_or_nothing`: 1 for exactly the right ones.
 * - `right_minus_wrong`: right ticks over all right ones, less wrong ticks over all wrong ones; ticking everything gives 0.
 * - `each_option`: options decided rightly, ticked or left, over all; nothing ticked gives 0.
 * - `weights`: the sum of the credits of what is ticked.
 */
export function scoreMultiple({ options, rule }: BodyOf<'multiple'>, chosen: readonly string[]): number {
	if (chosen.length === 0) return 0;
	const ticked = options.filter(({ id }) => chosen.includes(id));
	const right = options.filter(({ credit }) => credit > 0).length;
	const rightTicks = ticked.filter(({ credit }) => credit > 0).length;
	const wrongTicks = ticked.length - rightTicks;
	const wrong = options.length - right;
	switch (rule) {
		case 'all_or_nothing':
			return rightTicks === right && wrongTicks === 0 ? 1 : 0;
		case 'right_minus_wrong':
			return Math.max(0, rightTicks / right - (wrong === 0 ? 0 : wrongTicks / wrong));
		case 'each_option':
			return (rightTicks + wrong - wrongTicks) / options.length;
		case 'weights':
			return share(ticked.reduce((sum, { credit }) => sum + credit, 0));
	}
}

/** Percent, which may be below 0 or above 100, as a share of the marks. */
export function share(percent: number): number {
	return Math.min(1, Math.max(0, percent / 100));
}

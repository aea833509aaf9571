import { expect, test } from 'vitest';
import fc from 'fast-check';
import { afterStep, STEPS, type Standing, type Step } from './workflow.ts';

const draft: Standing = { status: 'draft', newest: 'draft', hasUsable: false, wasUsed: false };

function walk(...steps: Step[]): Standing {
	return steps.reduce((standing, step) => move(standing, step) ?? standing, draft);
}

function move(standing: Standing, step: Step): Standing | undefined {
	const after = afterStep(standing, step);
	return (
		after && {
			...after,
			hasUsable: standing.hasUsable || step === 'approve',
			wasUsed: standing.wasUsed || after.status === 'in_use'
		}
	);
}

test('a question goes from draft to use, to review when its document changes, and back', () => {
	expect(walk('submit', 'approve').status).toBe('reviewed');
	expect(walk('submit', 'approve', 'use').status).toBe('in_use');
	expect(walk('submit', 'approve', 'use', 'flag').status).toBe('needs_review');
	expect(walk('submit', 'approve', 'use', 'flag', 'confirm').status).toBe('in_use');
	expect(walk('submit', 'approve', 'flag', 'confirm').status).toBe('reviewed');
	expect(walk('submit', 'return')).toMatchObject({ status: 'draft', newest: 'draft' });
	expect(walk('submit', 'approve', 'use', 'retire', 'restore').status).toBe('needs_review');
	expect(walk('retire', 'restore').status).toBe('draft');
});

test('nothing is approved that was not handed to a reviewer, and a retired question is not handed over', () => {
	expect(afterStep(draft, 'approve')).toBeUndefined();
	expect(afterStep({ ...draft, status: 'retired' }, 'submit')).toBeUndefined();
	expect(afterStep(draft, 'use')).toBeUndefined();
});

test('whatever is pressed, a question in use has been approved', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 20 }), (steps) => {
			const { status, hasUsable } = walk(...steps);
			if (status !== 'draft' && status !== 'retired') expect(hasUsable).toBe(true);
		})
	);
});

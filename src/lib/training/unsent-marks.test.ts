import { expect, test } from 'vitest';
import { unsentMarks } from './unsent-marks.ts';

const ID = '7f1f0a44-2f0b-4a7e-9d0c-0a4a9a6a1d11';

function aStorage(): Storage {
	const items = new Map<string, string>();
	return {
		length: 0,
		clear: () => items.clear(),
		key: () => null,
		getItem: (key) => items.get(key) ?? null,
		setItem: (key, value) => void items.set(key, value),
		removeItem: (key) => void items.delete(key)
	};
}

test('notes outlive the page, and one made while others are sent is not lost', () => {
	const storage = aStorage();
	const first = { participationId: ID, minutes: 'all', markedAt: 1 } as const;
	unsentMarks(storage, 's').keep(first);
	const again = unsentMarks(storage, 's');
	expect(again.all()).toEqual([first]);
	again.keep({ ...first, minutes: 0, markedAt: 2 });
	again.forget([first]);
	expect(again.all()).toEqual([{ ...first, minutes: 0, markedAt: 2 }]);
	again.forget(again.all());
	expect(storage.getItem('unsent-marks:s')).toBeNull();
	expect(unsentMarks(storage, 'other').all()).toEqual([]);
});

test('a device without storage forgets nothing while the page is open', () => {
	const marks = unsentMarks(undefined, 's');
	marks.keep({ participationId: ID, minutes: 10, markedAt: 1 });
	expect(marks.all()).toHaveLength(1);
});

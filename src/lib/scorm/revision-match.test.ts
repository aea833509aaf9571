import { describe, expect, test } from 'vitest';
import type { Item } from './manifest.ts';
import { compareItems, matchItems, type RevisionSide } from './revision-match.ts';

const item = (identifier: string, title = identifier): Item => ({
	...{ identifier, title, isVisible: true, items: [] },
	launch: { path: `${identifier}.html`, search: '', hash: '', kind: 'sco' }
});

/** Items with what they are made of. */
const side = (...items: [Item, hash: string][]): RevisionSide => ({
	organization: { items: items.map(([each]) => each) },
	contentHashes: Object.fromEntries(items.map(([{ identifier }, hash]) => [identifier, hash]))
});

describe('items of two revisions', () => {
	test('are told apart: kept, changed, called otherwise, new, gone', () => {
		const before = side([item('a'), '1'], [item('b', 'Bài 2'), '2'], [item('c'), '3']);
		const after = side([item('d'), '4'], [item('a'), '1'], [item('b', 'Bài hai'), '5']);
		expect(compareItems(before, after)).toEqual([
			{ kind: 'new', identifier: 'd', title: 'd' },
			{ kind: 'same', identifier: 'a', title: 'a' },
			{ kind: 'changed', identifier: 'b', title: 'Bài hai', formerTitle: 'Bài 2' },
			{ kind: 'gone', identifier: 'c', title: 'c' }
		]);
	});

	test('with other identifiers and the same content are the same, where it is clear which', () => {
		const before = side([item('a'), '1'], [item('b'), '2'], [item('c'), '2']);
		const after = side([item('x'), '1'], [item('y'), '2']);
		const { matched, added, gone } = matchItems(before, after);
		expect(matched.map(({ before: b, after: a }) => [b.identifier, a.identifier])).toEqual([['a', 'x']]);
		expect(added.map(({ identifier }) => identifier)).toEqual(['y']);
		expect(gone.map(({ identifier }) => identifier)).toEqual(['b', 'c']);
	});

	test('whose content is not known count as changed', () => {
		const before = { ...side([item('a'), '1']), contentHashes: null };
		expect(compareItems(before, side([item('a'), '1']))).toMatchObject([{ kind: 'changed' }]);
	});
});

import { launchableItems, type Item, type Organization } from './manifest.ts';

/** One side of a comparison: what can be opened, and what each item is made of. */
export type RevisionSide = Readonly<{
	organization: Pick<Organization, 'items'>;
	/** By item; null where it is not known. */
	contentHashes: Readonly<Record<string, string>> | null;
}>;

/** An item of the earlier revision and the one that takes its place. */
export type MatchedItem = Readonly<{ before: Item; after: Item; isSameContent: boolean }>;

/**
 * Which item of a later revision goes on with the data of which earlier one: by identifier, as the standard names items;
 * else by the same content, since some tools make new identifiers with every export.
 */
export function matchItems(before: RevisionSide, after: RevisionSide) {
	const [earlier, later] = [launchableItems(before.organization), launchableItems(after.organization)];
	const byIdentifier = new Map(earlier.map((item) => [item.identifier, item]));
	const identifiers = new Set(later.map(({ identifier }) => identifier));
	const left = groupBy(
		earlier.filter(({ identifier }) => !identifiers.has(identifier)),
		({ identifier }) => before.contentHashes?.[identifier]
	);
	const wanted = groupBy(
		later.filter(({ identifier }) => !byIdentifier.has(identifier)),
		({ identifier }) => after.contentHashes?.[identifier]
	);
	const matched: MatchedItem[] = [];
	const added: Item[] = [];
	const taken = new Set<string>();
	for (const item of later) {
		const hash = after.contentHashes?.[item.identifier];
		const isOnly = hash !== undefined && wanted.get(hash)?.length === 1 && left.get(hash)?.length === 1;
		const found = byIdentifier.get(item.identifier) ?? (isOnly ? left.get(hash)![0] : undefined);
		if (!found) {
			added.push(item);
			continue;
		}
		taken.add(found.identifier);
		const isSameContent = hash !== undefined && before.contentHashes?.[found.identifier] === hash;
		matched.push({ before: found, after: item, isSameContent });
	}
	return { matched, added, gone: earlier.filter(({ identifier }) => !taken.has(identifier)) };
}

function groupBy(items: readonly Item[], keyOf: (item: Item) => string | undefined): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), item]);
	}
	return groups;
}

/** What becomes of an item with a new revision, as the trainer reads it. */
export type ItemChange = Readonly<{
	kind: 'same' | 'changed' | 'new' | 'gone';
	title: string;
	identifier: string;
	/** Where they differ. */
	formerTitle?: string;
	formerIdentifier?: string;
}>;

/** Every item of both revisions, in the order of the later one; what is gone comes last. */
export function compareItems(before: RevisionSide, after: RevisionSide): ItemChange[] {
	const { matched, added, gone } = matchItems(before, after);
	const changeOf = new Map<Item, ItemChange>(
		matched.map(({ before: former, after: item, isSameContent }) => [
			item,
			{
				kind: isSameContent ? 'same' : 'changed',
				...nameOf(item),
				...(former.title !== item.title && { formerTitle: former.title }),
				...(former.identifier !== item.identifier && { formerIdentifier: former.identifier })
			}
		])
	);
	for (const item of added) changeOf.set(item, { kind: 'new', ...nameOf(item) });
	return [
		...launchableItems(after.organization).flatMap((item) => changeOf.get(item) ?? []),
		...gone.map((item): ItemChange => ({ kind: 'gone', ...nameOf(item) }))
	];
}

const nameOf = ({ title, identifier }: Item) => ({ title, identifier });

import type { Item, Organization } from '#lib/scorm/manifest.ts';
import { isOpenTo } from '#lib/scorm/runtime/prerequisites.ts';
import type { TocLine } from '#lib/scorm/runtime/protocol.ts';
import { lessonStatusOf, NOT_BEGUN, type Standing } from '#lib/scorm/runtime/status.ts';

/** Standing by item identifier. */
type Standings = ReadonlyMap<string, Standing>;

/** The table of contents with the learner's standing; hidden items are left out, their children are not. */
export function tocOf(organization: Organization, standings: Standings): TocLine[] {
	const lines = (items: readonly Item[], depth: number, isShut: boolean): TocLine[] =>
		items.flatMap((item) => {
			const isLocked = isShut || !isOpen(item, organization, standings);
			const { completion, success } = ofItem(item, standings);
			const line: TocLine = {
				item: item.identifier,
				title: item.title,
				depth,
				isOpenable: item.launch !== undefined,
				isLocked,
				completion,
				success
			};
			return [...(item.isVisible ? [line] : []), ...lines(item.items, depth + (item.isVisible ? 1 : 0), isLocked)];
		});
	return lines(organization.items, 0, false);
}

/** True when the prerequisites of an item and of the headings above it are met (SCORM 1.2). */
export function isUnlocked(organization: Organization, identifier: string, standings: Standings): boolean {
	return pathTo(organization.items, identifier).every((item) => isOpen(item, organization, standings));
}

/** The item with the headings above it, outermost first; empty where there is none. */
function pathTo(items: readonly Item[], identifier: string): Item[] {
	for (const item of items) {
		if (item.identifier === identifier) return [item];
		const below = pathTo(item.items, identifier);
		if (below.length > 0) return [item, ...below];
	}
	return [];
}

function isOpen(item: Item, organization: Organization, standings: Standings): boolean {
	return isOpenTo(item.prerequisites, (identifier) => {
		const found = pathTo(organization.items, identifier).at(-1);
		return found ? lessonStatusOf(ofItem(found, standings), undefined) : undefined;
	});
}

/** A heading is complete with all below it. */
function ofItem(item: Item, standings: Standings): Standing {
	if (item.items.length === 0) return standings.get(item.identifier) ?? NOT_BEGUN;
	const below = item.items.map((child) => ofItem(child, standings));
	const own = item.launch ? [standings.get(item.identifier) ?? NOT_BEGUN] : [];
	const all = [...own, ...below];
	const isBegun = all.some(({ completion }) => completion !== 'unknown');
	const isDone = all.every(({ completion }) => completion === 'completed');
	return { completion: isDone ? 'completed' : isBegun ? 'incomplete' : 'unknown', success: 'unknown', score: null };
}

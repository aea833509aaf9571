import type { Share } from './share.ts';

/** A unit of the tree with its ltree path. */
export type TreeUnit = Readonly<{ id: string; code: string; name: string; path: string; isClosed: boolean }>;

/** Figures of one unit alone, without those below it. */
export type OwnFigures = Readonly<{ trained: Share; online: Share; completion: Share }>;

/** One line of the table by unit: a unit directly below the chosen one with all below it, or the chosen one itself alone. */
export type UnitLine = OwnFigures &
	Readonly<{ id: string; code: string; name: string; isDirect: boolean; hasChildren: boolean }>;

export type UnitOrder = 'name' | 'roster' | 'trained' | 'activities' | 'online';

const NONE: Share = { part: 0, whole: 0 };

/**
 * Rolls the figures of single units up to the level below `root`. Sums of parts and wholes only; lines of closed units
 * without figures are left out, the others stay though they are empty, since a unit without figures is news.
 * @param units the subtree of `root` in the order in which lines without another order stand
 */
export function unitLines(root: string, units: readonly TreeUnit[], own: ReadonlyMap<string, OwnFigures>): UnitLine[] {
	const depth = root.split('.').length + 1;
	const lines = new Map<string, UnitLine>();
	const top = units.find(({ path }) => path === root);
	if (top) lines.set(root, line(top, true));
	for (const unit of units) {
		if (unit.path.split('.').length === depth) lines.set(unit.path, line(unit, false));
	}
	for (const unit of units) {
		const labels = unit.path.split('.');
		const key = unit.path === root ? root : labels.slice(0, depth).join('.');
		const current = lines.get(key);
		if (!current) continue;
		const figures = own.get(unit.id);
		lines.set(key, {
			...current,
			hasChildren: current.hasChildren || labels.length > depth,
			trained: add(current.trained, figures?.trained),
			online: add(current.online, figures?.online),
			completion: add(current.completion, figures?.completion)
		});
	}
	const closed = new Set(units.filter(({ isClosed }) => isClosed).map(({ id }) => id));
	return [...lines.values()].filter((found) => hasFigures(found) || (!closed.has(found.id) && !found.isDirect));
}

/** Sorts lines; those too small for a percentage come after the others, in the order they were in. */
export function sortUnitLines(lines: readonly UnitLine[], order: UnitOrder, smallest: number): UnitLine[] {
	if (order === 'roster') return [...lines].sort((a, b) => b.trained.whole - a.trained.whole);
	if (order === 'activities') return [...lines].sort((a, b) => b.online.whole - a.online.whole);
	if (order === 'name') return [...lines];
	const share = (found: UnitLine) => (order === 'trained' ? found.trained : found.online);
	const ranked = lines.filter((found) => share(found).whole >= Math.max(1, smallest));
	const rest = lines.filter((found) => !ranked.includes(found));
	return [...[...ranked].sort((a, b) => compareShares(share(b), share(a))), ...rest];
}

const compareShares = (a: Share, b: Share) => a.part * b.whole - b.part * a.whole;
const add = (a: Share, b: Share = NONE): Share => ({ part: a.part + b.part, whole: a.whole + b.whole });
const hasFigures = ({ trained, online, completion }: OwnFigures) => trained.whole + online.whole + completion.whole > 0;

function line({ id, code, name }: TreeUnit, isDirect: boolean): UnitLine {
	return { id, code, name, isDirect, hasChildren: false, trained: NONE, online: NONE, completion: NONE };
}

import type { SUBUNIT_TYPES } from './words.ts';

/** Hợp nhất, sáp nhập · chia, tách · đổi tên, loại · chuyển cấp trên · giải thể. */
export const REORGANISATION_KINDS = ['merger', 'split', 'renaming', 'move', 'closure'] as const;
export type ReorganisationKind = (typeof REORGANISATION_KINDS)[number];

type SubunitType = (typeof SUBUNIT_TYPES)[number];
type Called = Readonly<{ name: string; shortName?: string; type: SubunitType }>;

/** A unit that takes over: one that exists, or one to be made. */
export type Taker = Readonly<{ unitId: string }> | (Called & Readonly<{ code: string; parentId: string }>);

/**
 * What a reorganisation does, in the words of its form. Of several takers the first is the main one: it carries on the
 * past of what ends, and whoever is not named goes there.
 */
export type ReorganisationPlan =
	| Readonly<{ kind: 'merger'; sourceIds: readonly string[]; taker: Taker; renamed?: Omit<Called, 'type'> }>
	| Readonly<{
			kind: 'split';
			sourceId: string;
			takers: readonly Taker[];
			/** Tách: the source goes on, and only the named people leave it. Chia: it ends. */
			isSourceGoingOn: boolean;
			/** Person → place in `takers`. */
			people: Readonly<Record<string, number>>;
	  }>
	| (Called & Readonly<{ kind: 'renaming'; unitId: string }>)
	| Readonly<{ kind: 'move'; unitIds: readonly string[]; parentId: string }>
	| Readonly<{ kind: 'closure'; unitIds: readonly string[] }>;

/** How many of each a reorganisation touches. */
export type ReorganisationCounts = Readonly<{
	ended: number;
	created: number;
	/** Units that get another superior. */
	moved: number;
	people: number;
	/** People who are left without a unit. */
	leavers: number;
	roles: number;
	classes: number;
	participations: number;
}>;

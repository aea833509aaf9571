/** What became of the rows of a file, or would become of them. `warned` counts rows that are taken in with a remark. */
export type RosterCounts = Readonly<{
	created: number;
	updated: number;
	unchanged: number;
	failed: number;
	warned: number;
}>;

/** Something about one row; `code` has its sentence in lib/i18n/roster-import.ts. Only warnings let the row through. */
export type RowProblem = Readonly<{
	row: number;
	code: string;
	params?: Record<string, string | number>;
	isWarning?: boolean;
}>;

/** What the sender said once for the whole file; the file's own cells come first. */
export type RosterDefaults = Readonly<{
	categoryCode?: string;
	/** `yyyy-mm-dd` */
	validFrom?: string;
	/** Names in capitals only become ordinary ones; asked, never assumed. */
	hasCapsFixed?: boolean;
}>;

export const NO_COUNTS: RosterCounts = { created: 0, updated: 0, unchanged: 0, failed: 0, warned: 0 };

/** Rows that "Nhập N dòng hợp lệ" takes in. */
export function validRows({ created = 0, updated = 0, unchanged = 0 }: Partial<RosterCounts>): number {
	return created + updated + unchanged;
}

import { formatNumber } from '#lib/i18n/format.ts';
import { shareText, sumOfShares, type Share } from '#lib/indicators/share.ts';

/** A value of a form: text, a whole number or a sum of money, a share shown as a percentage, or nothing. */
export type Cell = string | number | Share | null;

/** One column; columns are named by their index from 0. `width` is its part of the table, in any unit. */
export type Column = Readonly<{
	label: string;
	width: number;
	isText?: boolean;
	/** A percentage of the sums of other columns: a formula in a workbook. */
	percent?: Readonly<{ part: readonly number[]; whole: readonly number[] }>;
	/** The sum of other columns of the row: a formula in a workbook. */
	sum?: readonly number[];
}>;

/** One statistical form (biểu) as printed, shown and written to a workbook. */
export type ReportTable = Readonly<{
	/** `01` */
	id: string;
	title: string;
	columns: readonly Column[];
	rows: readonly (readonly Cell[])[];
	/** A last row that adds columns up; percentages of it are of the sums. */
	total?: Readonly<{ label: string; columns: readonly number[] }>;
	/** Its rows were typed in, each with its source. */
	isManual: boolean;
	footnotes: readonly string[];
}>;

/** How a value is printed. */
export function cellText(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return '';
	if (typeof cell === 'number') return formatNumber(cell);
	return typeof cell === 'string' ? cell : shareText(cell);
}

/** The last row of a form that adds up, or undefined where it has none or nothing stands above it. */
export function totalRow({ columns, rows, total }: ReportTable): Cell[] | undefined {
	if (!total || rows.length === 0) return undefined;
	const sumOf = (index: number) => rows.reduce((sum, row) => sum + numberOf(row[index]), 0);
	const sums = columns.map((_, index) => (total.columns.includes(index) ? sumOf(index) : null));
	return columns.map((column, index) => {
		if (index === labelColumn(columns)) return total.label;
		if (column.percent) return percentOf(column.percent, sums);
		return sums[index] ?? null;
	});
}

/** The column that names a row: the first one of text after TT, else the first. */
export function labelColumn(columns: readonly Column[]): number {
	return Math.max(
		0,
		columns.findIndex(({ isText }) => isText)
	);
}

/** What a percentage column shows for a row of numbers. */
export function percentOf({ part, whole }: NonNullable<Column['percent']>, row: readonly (Cell | undefined)[]): Share {
	const sum = (indexes: readonly number[]) => indexes.reduce((total, index) => total + numberOf(row[index]), 0);
	return sumOfShares([{ part: sum(part), whole: sum(whole) }]);
}

const numberOf = (cell: Cell | undefined) => (typeof cell === 'number' ? cell : 0);

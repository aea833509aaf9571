import * as v from 'valibot';
import { day, id } from './fields.ts';

/** Second step of a table: the lines as the first step read them. */
export const TableImportInput = v.object({
	id,
	fileName: v.pipe(
		v.optional(v.string(), ''),
		v.maxLength(200, 'form.too_long'),
		v.transform((name) => name || null)
	),
	table: v.pipe(v.string('form.required'), v.nonEmpty('form.required')),
	/** Of units: from when they exist. */
	validFrom: v.optional(day, '01/07/2025')
});

/** What the first step says of a table, for its page. */
export type CheckedTable = Readonly<{
	id: string;
	fileName: string | null;
	/** The lines as text, sent along with the second step. */
	table: string;
	/** Rows that come in; `preview` holds the first ones, as cells under `headings`. */
	good: number;
	headings: readonly string[];
	preview: readonly (readonly string[])[];
	unchanged: number;
	problems: readonly Readonly<{ line: number; text: string }>[];
	/** The lines with errors as an .xlsx in base64; empty without any. */
	errorFile: string;
}>;

/** Rows shown before they come in, and errors shown at once. */
export const SHOWN_ROWS = 20;

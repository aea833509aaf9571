/**
 * A plain document as a value, so that Word and PDF show the same: write-paged-docx.ts and write-paged-pdf.ts draw it.
 * Widths are parts of the text's width.
 */
export type PagedDocument = Readonly<{
	title: string;
	author: string;
	/** `yyyy-mm-dd`; the same document gives the same PDF. */
	day: string;
	/** Stands at the foot of each page before `1/4`. */
	footer: string;
	blocks: readonly PagedBlock[];
}>;

export type PagedBlock =
	/** The unit on the left, all bold; what the document is on the right, its first line bold. */
	| Readonly<{ kind: 'head'; left: readonly string[]; right: readonly string[] }>
	| Readonly<{
			kind: 'text';
			text: string;
			/** Bold, before the text on its line. */
			label?: string;
			isBold?: boolean;
			isItalic?: boolean;
			isCentred?: boolean;
			isIndented?: boolean;
			/** Stays on the page of what follows. */
			isKept?: boolean;
	  }>
	/** Dotted lines to be written on, beside each other. */
	| Readonly<{ kind: 'fill'; fields: readonly Readonly<{ label: string; part: number }>[] }>
	| Readonly<{
			kind: 'table';
			parts: readonly number[];
			head: readonly string[];
			rows: readonly (readonly string[])[];
			/** Least height of a row, mm. */
			rowMm: number;
	  }>;

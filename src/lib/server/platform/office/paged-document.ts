import type { OfficePicture } from './office-picture.ts';

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

/** A picture with what it shows for who cannot see it, and a bold label before it. */
export type ShownPicture = Readonly<{ picture: OfficePicture; alt: string; label?: string }>;

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
	| Readonly<{
			/** Pictures beside each other, each in its column. */
			kind: 'pictures';
			shown: readonly ShownPicture[];
			columns: number;
			/** Most that one may take up, mm; its column may be narrower. */
			room: { widthMm: number; heightMm: number };
			isIndented?: boolean;
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

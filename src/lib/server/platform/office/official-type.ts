import {
	AlignmentType,
	BorderStyle,
	ImageRun,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType,
	type IRunOptions
} from 'docx';
import { drawnSize, type OfficePicture } from './office-picture.ts';

/**
 * Constants of Nghị định 30/2020/NĐ-CP, phụ lục I: A4, margins 20–25 mm top and bottom, 30–35 left, 15–20 right, Times
 * New Roman in black, sizes in half points. Lengths in twentieths of a point.
 */
export const MM = 1440 / 25.4;
export const FONT = 'Times New Roman';
export const SIZE = {
	nation: 26,
	motto: 28,
	agency: 26,
	number: 26,
	date: 28,
	title: 28,
	body: 28,
	table: 24 as CellSize,
	sign: 28,
	receivers: 24,
	list: 22
};
/** Sizes of letters in tables, in half points; each has a style centred and one set to the left. */
export const CELL_SIZES = [20, 22, 24] as const;
export type CellSize = (typeof CELL_SIZES)[number];
export const CELL_ALIGNMENTS = { centre: AlignmentType.CENTER, left: AlignmentType.LEFT } as const;

/** Id of the paragraph style of a table's cells. */
export const cellStyle = (size: CellSize, align: keyof typeof CELL_ALIGNMENTS) => `FormCell${size}${align}`;

/** Width between the margins, A4 less 30 and 15 mm; across, A4's long side less the same. */
export const TEXT_WIDTH = Math.round((210 - 30 - 15) * MM);
export const WIDTH_ACROSS = Math.round((297 - 30 - 15) * MM);

/** A piece of text in the letter and colour of administrative documents. */
export const run = (text: string, options: IRunOptions = {}) =>
	new TextRun({ font: FONT, color: '000000', size: SIZE.body, text, ...options });
/** A picture within the text; `most` is the room it has, mm. */
export function pictureRun(
	picture: OfficePicture,
	description: string,
	most: Parameters<typeof drawnSize>[1]
): ImageRun {
	const { widthMm, heightMm } = drawnSize(picture, most);
	const pixels = (mm: number) => Math.max(1, Math.round((mm / 25.4) * 96));
	return new ImageRun({
		...{ type: picture.type, data: picture.bytes },
		transformation: { width: pixels(widthMm), height: pixels(heightMm) },
		altText: { name: '', description, title: '' }
	});
}

export const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
export const NO_BORDERS = { top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER };
export const LINE = { style: BorderStyle.SINGLE, size: 6, color: '000000' };

/** Two places to sign beside each other, in columns without lines. */
export function besides(left: Paragraph[], right: Paragraph[], width: number): Table {
	const half = Math.round(width / 2);
	const cell = (children: Paragraph[]) =>
		new TableCell({ children, borders: NO_BORDERS, width: { size: half, type: WidthType.DXA } });
	return new Table({
		width: { size: width, type: WidthType.DXA },
		columnWidths: [half, half],
		borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
		rows: [new TableRow({ cantSplit: true, children: [cell(left), cell(right)] })]
	});
}

/** A line in the middle of its column. */
export const centredLine = (text: string, options: IRunOptions) =>
	new Paragraph({ alignment: AlignmentType.CENTER, children: [run(text, options)] });

import {
	AlignmentType,
	BorderStyle,
	Header,
	LineRuleType,
	PageNumber,
	PageOrientation,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	VerticalAlign,
	WidthType,
	type IRunOptions,
	type ISectionOptions,
	type IStylesOptions
} from 'docx';

/**
 * Constants of Nghị định 30/2020/NĐ-CP, phụ lục I: A4, margins 20–25 mm top and bottom, 30–35 left, 15–20 right, Times
 * New Roman in black, sizes in half points. Lengths in twentieths of a point.
 */
const MM = 1440 / 25.4;
const FONT = 'Times New Roman';
const SIZE = {
	nation: 26,
	motto: 28,
	agency: 26,
	number: 26,
	date: 28,
	title: 28,
	body: 28,
	table: 24,
	sign: 28,
	receivers: 24,
	list: 22
};
/** Width between the margins, A4 less 30 and 15 mm. */
const TEXT_WIDTH = Math.round((210 - 30 - 15) * MM);

/** A piece of text in the letter and colour of administrative documents. */
const run = (text: string, options: IRunOptions = {}) =>
	new TextRun({ font: FONT, color: '000000', size: SIZE.body, text, ...options });
const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
const NO_BORDERS = { top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER };
const LINE = { style: BorderStyle.SINGLE, size: 6, color: '000000' };

export const documentStyles: IStylesOptions = {
	default: { document: { run: { font: FONT, size: SIZE.body, color: '000000' } } }
};

/**
 * A4 with the page number top centre, not on the first page of the document.
 * @param isLandscape for wide tables
 * @param isFirst false for the sections after the first
 */
export function pageSetup({ isLandscape = false, isFirst = true } = {}): Pick<
	ISectionOptions,
	'properties' | 'headers'
> {
	const margin = { top: 20 * MM, bottom: 20 * MM, left: 30 * MM, right: 15 * MM };
	const rounded = Object.fromEntries(Object.entries(margin).map(([side, length]) => [side, Math.round(length)]));
	return {
		properties: {
			titlePage: isFirst,
			page: {
				size: {
					width: Math.round(210 * MM),
					height: Math.round(297 * MM),
					orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT
				},
				margin: rounded
			}
		},
		headers: {
			first: new Header({ children: [new Paragraph('')] }),
			default: new Header({
				children: [
					new Paragraph({
						alignment: AlignmentType.CENTER,
						children: [new TextRun({ font: FONT, size: SIZE.number, children: [PageNumber.CURRENT] })]
					})
				]
			})
		}
	};
}

/**
 * Agency on the left, Quốc hiệu and Tiêu ngữ on the right, then number and date left empty.
 * @param place địa danh before the date; dots where it is not known
 */
export function letterhead({
	superior,
	agency,
	place = ''
}: {
	superior: string;
	agency: string;
	place?: string;
}): (Paragraph | Table)[] {
	const centre = (children: TextRun[]) => new Paragraph({ alignment: AlignmentType.CENTER, children });
	const left = [
		...(superior ? [centre([run(superior.toUpperCase(), { size: SIZE.agency })])] : []),
		centre([run(agency.toUpperCase(), { size: SIZE.agency, bold: true })]),
		underline(1600, 4000),
		centre([run('Số:          /BC-', { size: SIZE.number })])
	];
	const right = [
		centre([run('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: SIZE.nation - 2, bold: true })]),
		centre([run('Độc lập - Tự do - Hạnh phúc', { size: SIZE.motto - 2, bold: true })]),
		underline(3000, 5354),
		centre([run(`${place || '…………'}, ngày ….. tháng ….. năm 20…..`, { size: SIZE.date - 2, italics: true })])
	];
	const cell = (children: Paragraph[], width: number) =>
		new TableCell({ children, borders: NO_BORDERS, width: { size: width, type: WidthType.DXA } });
	return [
		new Table({
			width: { size: TEXT_WIDTH, type: WidthType.DXA },
			columnWidths: [4000, TEXT_WIDTH - 4000],
			borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
			rows: [new TableRow({ children: [cell(left, 4000), cell(right, TEXT_WIDTH - 4000)] })]
		})
	];
}

/** A drawn line of some width in the middle of a column. */
function underline(length: number, column: number): Paragraph {
	const side = Math.round((column - length) / 2);
	return new Paragraph({
		indent: { left: side, right: side },
		spacing: { before: 40, after: 80, line: 80, lineRule: LineRuleType.EXACT },
		border: { top: LINE }
	});
}

/** Type of document in capitals, then what it is about. */
export function title(kind: string, subject: string): Paragraph[] {
	const centre = (text: string, before: number) =>
		new Paragraph({
			alignment: AlignmentType.CENTER,
			spacing: { before, after: 60 },
			children: [run(text, { size: SIZE.title, bold: true })]
		});
	return [centre(kind, 360), centre(subject, 0), underline(2200, TEXT_WIDTH)];
}

export function heading(text: string): Paragraph {
	return new Paragraph({
		keepNext: true,
		indent: { firstLine: 567 },
		spacing: { before: 120, after: 120 },
		children: [run(text, { bold: true })]
	});
}

/** Body text: justified, first line 1 cm in, 6 pt after, lines 1,15. */
export function body(text: string): Paragraph {
	return new Paragraph({
		alignment: AlignmentType.JUSTIFIED,
		indent: { firstLine: 567 },
		spacing: { before: 60, after: 120, line: 276 },
		children: [run(text)]
	});
}

/** A table whose heading row repeats on each page, with the row of column numbers that statistical forms carry. */
export function dataTable(
	headings: readonly string[],
	rows: readonly (readonly string[])[],
	widths: readonly number[]
): Table {
	const cell = (text: string, column: number, options: IRunOptions = {}, isHead = false) =>
		new TableCell({
			verticalAlign: VerticalAlign.CENTER,
			width: { size: widths[column] ?? 1000, type: WidthType.DXA },
			margins: { top: 40, bottom: 40, left: 80, right: 80 },
			children: [
				new Paragraph({
					alignment: isHead || column !== 1 ? AlignmentType.CENTER : AlignmentType.LEFT,
					children: [run(text, { size: SIZE.table, ...options })]
				})
			]
		});
	const head = (texts: readonly string[], options: IRunOptions) =>
		new TableRow({
			tableHeader: true,
			cantSplit: true,
			children: texts.map((text, i) => cell(text, i, options, true))
		});
	return new Table({
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: [...widths],
		rows: [
			head(headings, { bold: true }),
			head(
				headings.map((_, i) => `(${i + 1})`),
				{ italics: true }
			),
			...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i)) }))
		]
	});
}

/** Nơi nhận on the left, the signatory's place on the right. */
export function signature(): (Paragraph | Table)[] {
	const cell = (children: Paragraph[]) =>
		new TableCell({ children, borders: NO_BORDERS, width: { size: TEXT_WIDTH / 2, type: WidthType.DXA } });
	const left = [
		new Paragraph({ children: [run('Nơi nhận:', { size: SIZE.receivers, bold: true, italics: true })] }),
		new Paragraph({ children: [run('- ………………;', { size: SIZE.list })] }),
		new Paragraph({ children: [run('- Lưu: VT.', { size: SIZE.list })] })
	];
	const right = [
		new Paragraph({
			alignment: AlignmentType.CENTER,
			children: [run('THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ', { size: SIZE.sign, bold: true })]
		}),
		new Paragraph({
			alignment: AlignmentType.CENTER,
			children: [run('(Ký, ghi rõ họ tên và đóng dấu)', { size: SIZE.table, italics: true })]
		})
	];
	return [
		new Paragraph({ spacing: { before: 240 } }),
		new Table({
			width: { size: TEXT_WIDTH, type: WidthType.DXA },
			columnWidths: [Math.round(TEXT_WIDTH / 2), Math.round(TEXT_WIDTH / 2)],
			borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
			rows: [new TableRow({ cantSplit: true, children: [cell(left), cell(right)] })]
		})
	];
}

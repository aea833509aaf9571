import {
	AlignmentType,
	Header,
	LineRuleType,
	PageNumber,
	PageOrientation,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType,
	type ISectionOptions,
	type IStylesOptions
} from 'docx';
import {
	besides,
	CELL_ALIGNMENTS,
	CELL_SIZES,
	cellStyle,
	centredLine,
	FONT,
	LINE,
	MM,
	NO_BORDER,
	NO_BORDERS,
	run,
	SIZE,
	TEXT_WIDTH
} from './official-type.ts';

export const documentStyles: IStylesOptions = {
	default: { document: { run: { font: FONT, size: SIZE.body, color: '000000' } } },
	paragraphStyles: CELL_SIZES.flatMap((size) =>
		(['centre', 'left'] as const).map((align) => ({
			...{ id: cellStyle(size, align), name: cellStyle(size, align), basedOn: 'Normal' },
			...{ run: { size }, paragraph: { alignment: CELL_ALIGNMENTS[align] } }
		}))
	)
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

/** Nơi nhận on the left, the signatory's place on the right; what is not known is left to be filled in. */
export function signature({
	title: signer = '',
	name = '',
	receivers = []
}: { title?: string; name?: string; receivers?: readonly string[] } = {}): (Paragraph | Table)[] {
	const listed = receivers.length > 0 ? receivers : ['………………'];
	const left = [
		new Paragraph({ children: [run('Nơi nhận:', { size: SIZE.receivers, bold: true, italics: true })] }),
		...listed.map((line) => new Paragraph({ children: [run(`- ${line};`, { size: SIZE.list })] })),
		new Paragraph({ children: [run('- Lưu: VT.', { size: SIZE.list })] })
	];
	const right = [
		centredLine(signer.toUpperCase() || 'THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ', { size: SIZE.sign, bold: true }),
		...(name
			? [...Array.from({ length: 4 }, () => new Paragraph('')), centredLine(name, { size: SIZE.sign, bold: true })]
			: [centredLine('(Ký, ghi rõ họ tên và đóng dấu)', { size: SIZE.table, italics: true })])
	];
	return [new Paragraph({ spacing: { before: 240 } }), besides(left, right, TEXT_WIDTH)];
}

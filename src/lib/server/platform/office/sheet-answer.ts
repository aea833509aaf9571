import { csvFile, xlsxFile, type Sheet } from './sheet-files.ts';

/** Formats a list can be taken away in, with their content types. */
const TYPES = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8'
} as const;
export type SheetFormat = keyof typeof TYPES;

/** The format a route's parameter asks for, or undefined for any other word. */
export function toSheetFormat(text: string | undefined): SheetFormat | undefined {
	return text === 'xlsx' || text === 'csv' ? text : undefined;
}

/** A list as the answer to a download; `name` is the file's, ASCII and without the ending. */
export async function sheetAnswer(sheet: Sheet, name: string, format: SheetFormat): Promise<Response> {
	const body = format === 'csv' ? csvFile(sheet) : new Uint8Array(await xlsxFile(sheet));
	return new Response(body, {
		headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}.${format}"` }
	});
}

import { Readable } from 'node:stream';
import { csvParts, xlsxStream, type Sheet } from './sheet-files.ts';

/** Formats a list can be taken away in, with their content types. */
const TYPES = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8'
} as const;
export type SheetFormat = keyof typeof TYPES;

/** A list as the answer to a download, written while it is sent; `name` is the file's, ASCII and without the ending. */
export function sheetAnswer(sheet: Sheet, name: string, format: SheetFormat): Response {
	const body = format === 'csv' ? Readable.from(csvBytes(sheet)) : xlsxStream(sheet);
	return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, {
		headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}.${format}"` }
	});
}

function* csvBytes(sheet: Sheet): Generator<Buffer> {
	for (const part of csvParts(sheet)) yield Buffer.from(part);
}

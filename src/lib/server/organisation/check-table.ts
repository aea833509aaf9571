import { randomUUID } from 'node:crypto';
import type { Locale } from '#lib/i18n/index.ts';
import { tableImportMessages } from '#lib/i18n/table-import.ts';
import { SHOWN_ROWS, type CheckedTable } from '#lib/organisation/table-import.ts';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { xlsxFile } from '../platform/office/sheet-files.ts';
import { readTableFile, tableText } from './table-file.ts';

/** A posted file, or else the pasted lines, as rows of text; undefined for neither. */
export async function postedTable(form: FormData): Promise<{ fileName: string | null; table: string[][] } | undefined> {
	const file = form.get('file');
	if (file instanceof File && file.size > 0) {
		return { fileName: file.name, table: await readTableFile(await file.bytes()) };
	}
	const table = splitLines(String(form.get('table') ?? ''));
	return table.length > 0 ? { fileName: null, table } : undefined;
}

type Checked = Readonly<{
	headings: readonly string[];
	rows: readonly (readonly string[])[];
	unchanged: number;
	problems: CheckedTable['problems'];
}>;

/** What a page shows of a table that was checked, with the lines that have errors as a file to mend and send again. */
export async function checkedTable(
	{ fileName, table }: { fileName: string | null; table: readonly (readonly string[])[] },
	{ headings, rows, unchanged, problems }: Checked,
	locale: Locale
): Promise<CheckedTable> {
	const bad = [...new Set(problems.map(({ line }) => line))];
	return {
		...{ id: randomUUID(), fileName, table: tableText(table), good: rows.length, headings, unchanged, problems },
		preview: rows.slice(0, SHOWN_ROWS),
		errorFile: bad.length > 0 ? (await errorFile(table, bad, problems, locale)).toString('base64') : ''
	};
}

function errorFile(
	table: readonly (readonly string[])[],
	bad: readonly number[],
	problems: CheckedTable['problems'],
	locale: Locale
): Promise<Buffer> {
	const t = tableImportMessages[locale];
	const width = Math.max(...table.map(({ length }) => length));
	const wide = (cells: readonly string[]) => Array.from({ length: width }, (_, i) => cells[i] ?? '');
	return xlsxFile({
		title: t.errorSheet,
		headings: [...wide(table[0] ?? []), t.lineHeading, t.errorHeading],
		rows: bad.map((line) => [
			...wide(table[line - 1] ?? []),
			...[line, problems.flatMap((one) => (one.line === line ? [one.text] : [])).join('; ')]
		]),
		notes: []
	});
}

import * as v from 'valibot';
import { MANUAL_FORMS } from './manual-forms.ts';
import {
	GENERATED_BLOCKS,
	MANUAL_TABLE_IDS,
	WRITTEN_BLOCKS,
	type ManualEntries,
	type ManualRow,
	type ManualTableId
} from './report-content.ts';

/** Rows of a form that one page takes. */
export const MAX_ROWS = 60;
const Fields = v.record(v.string(), v.pipe(v.string(), v.trim(), v.maxLength(6000, 'form.too_long')));

type Read = { ok: true; entries: ManualEntries } | { ok: false; issues: Record<string, string> };

/** Names of the fields of the page "Nhập tay": `text.results`, `06.0.kind`, `06.0.source`. */
export const textField = (key: string) => `text.${key}`;
export const cellField = (id: ManualTableId, row: number, column: string) => `${id}.${row}.${column}`;

/** Reads the page "Nhập tay". Rows left empty are dropped; a row with anything in it needs its source. */
export function readEntries(form: FormData): Read {
	const parsed = v.safeParse(Fields, Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')));
	if (!parsed.success) {
		const issues = parsed.issues.map((issue) => [String(issue.path?.[0]?.key ?? ''), issue.message] as const);
		return { ok: false, issues: Object.fromEntries(issues) };
	}
	const of = (name: string) => (parsed.output[name] ?? '').normalize('NFC');
	const issues: Record<string, string> = {};
	const texts = [...GENERATED_BLOCKS, ...WRITTEN_BLOCKS].map((key) => [key, of(textField(key))] as const);
	const tables = MANUAL_TABLE_IDS.map((id) => [id, readRows(id, of, issues)] as const);
	if (Object.keys(issues).length > 0) return { ok: false, issues };
	return {
		ok: true,
		entries: {
			narrative: Object.fromEntries(texts.filter(([, text]) => text !== '')),
			tables: Object.fromEntries(tables.filter(([, rows]) => rows.length > 0)),
			form: {
				...{ place: of('place'), signerTitle: of('signerTitle'), signerName: of('signerName') },
				receivers: of('receivers')
					.split(/\n/)
					.map((line) => line.replace(/^[-–\s]+|[;,.\s]+$/g, ''))
					.filter((line) => line !== '')
					.slice(0, 20)
			}
		}
	};
}

function readRows(id: ManualTableId, of: (name: string) => string, issues: Record<string, string>): ManualRow[] {
	const rows: ManualRow[] = [];
	for (let i = 0; i < MAX_ROWS; i++) {
		const values: Record<string, string | number> = {};
		for (const { key, isNumber } of MANUAL_FORMS[id].columns) {
			const field = cellField(id, i, key);
			const text = of(field);
			if (text === '') continue;
			const number = isNumber ? wholeNumber(text) : undefined;
			if (isNumber && number === undefined) issues[field] = 'form.whole_number';
			values[key] = number ?? text;
		}
		const source = of(cellField(id, i, 'source'));
		if (Object.keys(values).length === 0 && source === '') continue;
		if (source === '') issues[cellField(id, i, 'source')] = 'form.required';
		rows.push({ values, source });
	}
	return rows;
}

/** `1.503.839` or `1503839`. */
function wholeNumber(text: string): number | undefined {
	const digits = text.replace(/[.\s]/g, '');
	return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

const DELIMITERS = ['\t', ';', ','] as const;

/** Lines looked at to tell the delimiter. */
const SAMPLE_LINES = 20;

/**
 * Splits a text into fields (RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes). The delimiter is
 * the one of tab, semicolon and comma that most lines of the beginning hold: Vietnamese Excel writes semicolons.
 */
export function parseDelimited(text: string): string[][] {
	const delimiter = delimiterOf(text);
	const rows: string[][] = [];
	let row: string[] = [];
	let field = '';
	let isQuoted = false;
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		if (isQuoted) {
			if (char !== '"') field += char;
			else if (text.charAt(i + 1) === '"') {
				field += '"';
				i++;
			} else isQuoted = false;
		} else if (char === '"' && field === '') isQuoted = true;
		else if (char === delimiter) {
			row.push(field);
			field = '';
		} else if (char === '\n' || char === '\r') {
			if (char === '\r' && text.charAt(i + 1) === '\n') i++;
			rows.push([...row, field]);
			row = [];
			field = '';
		} else field += char;
	}
	if (field !== '' || row.length > 0) rows.push([...row, field]);
	return rows;
}

function delimiterOf(text: string): string {
	const lines = text.split(/\r?\n|\r/, SAMPLE_LINES).filter((line) => line.trim() !== '');
	const holding = (delimiter: string) => lines.filter((line) => line.includes(delimiter)).length;
	return DELIMITERS.reduce<string>((best, one) => (holding(one) > holding(best) ? one : best), '\t');
}

import { readBirth } from '#lib/text/days.ts';
import { matchKey, tidy } from '#lib/text/fold.ts';
import { readPersonalNumber } from '#lib/text/personal-number.ts';
import { normalisePhone } from '#lib/text/phone.ts';
import type { SheetRow } from '../../organisation/roster-file/workbook.ts';

/** Headings given to a text that has none, in the order of {@link cellsOf}. */
export const PLAIN_HEADINGS = ['Họ và tên', 'Năm sinh', 'Số định danh cá nhân', 'Điện thoại', 'Đơn vị', 'Chức vụ'];

/** Words that begin the name of an agency; a part of a line that begins so names its unit. */
const UNIT_WORDS =
	/^(ubnd|uy ban|so|phong|ban|xa|phuong|dac khu|thi tran|cong an|bo chi huy|toa an|vien kiem sat|hoi|lien doan|doan|truong|trung tam|mttq|mat tran|chi cuc|cuc|van phong|thanh tra|hdnd|tinh|bao|dai) /;

/**
 * A list typed or copied as text, one person a line, the parts apart by tabs, semicolons, bars, commas or dashes, in any
 * order: `1. Nguyễn Văn An, sinh năm 1975, UBND xã Yên Lâm, 0912 345 678`. Lines without a name are left out.
 */
export function readPlainLines(lines: readonly string[]): SheetRow[] {
	return lines.flatMap((line, i) => {
		const cells = cellsOf(line);
		return cells ? [{ row: i + 1, cells }] : [];
	});
}

function cellsOf(line: string): (string | undefined)[] | undefined {
	const parts = tidyKeepingTabs(line)
		.replace(/^\s*[-–•+*]?\s*(?:\d{1,4}\s*[.)\-:]?(?=\s)|\d{1,4}[.)])\s*/, '')
		.split(/\t|;|\||,|\s[-–—]\s/)
		.map((part) => tidy(part).replace(/^(?:ông|bà|đ\/c|đồng chí)\s+/iu, ''))
		.filter(Boolean);
	let [name, birth, number, phone, unit, position] = [
		undefined,
		undefined,
		undefined,
		undefined,
		undefined,
		undefined
	] as (string | undefined)[];
	for (const part of parts) {
		const bare = part.replace(
			/^(?:sinh năm|sinh ngày|năm sinh|ngày sinh|ns|sn|sđt|đt|điện thoại|cccd|số định danh)\s*:?\s*/iu,
			''
		);
		if (!birth && readBirth(bare)) birth = bare;
		else if (!number && /^\d{12}$/.test(bare.replace(/[\s.]/g, '')) && readPersonalNumber(bare)) number = bare;
		else if (!phone && normalisePhone(bare)) phone = bare;
		else if (!name && isName(part)) name = part;
		else if (!unit && UNIT_WORDS.test(`${matchKey(part)} `)) unit = part;
		else if (!position && !/^(nam|nữ)$/iu.test(part) && !/^\d+$/.test(part)) position = part;
	}
	return name ? [name, birth, number, phone, unit, position] : undefined;
}

/** Two to seven words, each with a capital first: `Nguyễn Văn An`, `NGUYỄN VĂN AN`, `Y-Blim Niê`. */
function isName(part: string): boolean {
	const words = part.split(' ');
	return words.length >= 2 && words.length <= 7 && words.every((word) => /^\p{Lu}[\p{L}'’.-]*$/u.test(word));
}

function tidyKeepingTabs(line: string): string {
	return line.normalize('NFC').replace(/[^\S\t]+/g, ' ');
}

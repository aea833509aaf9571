import type { Level } from '#lib/organisation/words.ts';
import { readDay } from '#lib/text/days.ts';
import { matchKey, tidy } from '#lib/text/fold.ts';

/** Abbreviations and short forms of categories that lists use, by category code. */
const SHORT_FORMS: Readonly<Record<string, readonly string[]>> = {
	advising_official: [
		'Cán bộ tham mưu',
		'Cán bộ tham mưu PBGDPL',
		'CB tham mưu',
		'Tham mưu',
		'Tham mưu PBGDPL',
		'Người tham mưu',
		'Công chức tham mưu',
		'Cán bộ, công chức, viên chức tham mưu công tác PBGDPL'
	],
	legal_rapporteur: ['BCV', 'BCVPL', 'Báo cáo viên', 'Báo cáo viên pháp luật cấp tỉnh', 'BCV cấp tỉnh', 'BCV tỉnh'],
	legal_propagandist: [
		'TTV',
		'TTVPL',
		'Tuyên truyền viên',
		'Tuyên truyền viên pháp luật cấp xã',
		'TTV cấp xã',
		'TTV xã'
	],
	mediator: ['HGV', 'Hòa giải viên ở cơ sở'],
	trainer: ['Tập huấn viên', 'Giảng viên', 'THV'],
	invited_contributor: ['Người được mời', 'Người được mời tham gia']
};

/** Every text that names a category, folded: its code, its names and the short forms. */
export function categoryWords(
	categories: readonly { code: string; nameVi: string; nameEn: string }[]
): Map<string, string> {
	const words = new Map<string, string>();
	for (const { code, nameVi, nameEn } of categories) {
		for (const word of [code, nameVi, nameEn, ...(SHORT_FORMS[code] ?? [])]) words.set(matchKey(word), code);
	}
	return words;
}

/** Codes of the categories a cell names; they are separated by `;`, and by `,` where the whole is no name itself. */
export function categoriesIn(text: string, words: ReadonlyMap<string, string>): { codes: string[]; unknown: string[] } {
	const codes = new Set<string>();
	const unknown: string[] = [];
	for (const part of text.split(/[;\n]/).map(tidy).filter(Boolean)) {
		const whole = words.get(matchKey(part));
		const pieces = whole ? [part] : part.split(/[,/+]/).map(tidy).filter(Boolean);
		const found = pieces.map((piece) => words.get(matchKey(piece)));
		if (found.every((code) => code !== undefined)) for (const code of found) codes.add(code);
		else unknown.push(part);
	}
	return { codes: [...codes], unknown };
}

const GENDERS: Readonly<Record<string, 'male' | 'female' | 'other'>> = {
	nam: 'male',
	male: 'male',
	m: 'male',
	nu: 'female',
	female: 'female',
	f: 'female',
	khac: 'other',
	other: 'other'
};
export const genderOf = (text: string) => GENDERS[matchKey(text)];

/** "Tỉnh", "cấp xã", "TW". */
export function levelOf(text: string | undefined): Level | undefined {
	const key = matchKey(text ?? '').replace(/^cap /, '');
	if (/^(tw|trung uong|central)$/.test(key)) return 'central';
	if (/^(tinh|thanh pho|province)$/.test(key)) return 'province';
	return /^(xa|phuong|dac khu|xa phuong|commune)$/.test(key) ? 'commune' : undefined;
}

/** Law degree or other degree, as Luật PBGDPL 2012 Đ.35 k.2 tells them apart; the words themselves are kept beside it. */
export function qualificationOf(text: string | undefined): 'law_degree' | 'other_degree' | 'other' | undefined {
	const key = matchKey(text ?? '');
	if (!key) return undefined;
	const isDegree = /\b(dai hoc|dh|cu nhan|cn|thac si|thac sy|ths|tien si|tien sy|ts|ky su|bac si|sau dai hoc)\b/.test(
		key
	);
	if (!isDegree) return 'other';
	return /\bluat\b/.test(key) ? 'law_degree' : 'other_degree';
}

/** "158/QĐ-UBND ngày 05/3/2026" → number and day. */
export function splitDecision(text: string | undefined): { no?: string; date?: string } {
	if (!text) return {};
	const found =
		/^(?:QĐ|Quyết định)?\s*(?:số)?\s*:?\s*(.*?)[,;]?\s*(?:ngày\s*)?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})?$/iu.exec(text);
	return { no: tidy(found?.[1] ?? text) || undefined, date: found?.[2] ? readDay(found[2]) : undefined };
}

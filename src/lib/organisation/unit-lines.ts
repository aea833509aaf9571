import { matchKey, tidy } from '../text/fold.ts';
import { UnitCode } from './input.ts';
import type { SUBUNIT_TYPES } from './words.ts';
import * as v from 'valibot';

type UnitType = (typeof SUBUNIT_TYPES)[number];

/** A unit as one line of a table names it. Without `parentCode` it stands below the province. */
export type UnitLine = Readonly<{ line: number; code: string; name: string; type: UnitType; parentCode?: string }>;

/** What is wrong with a line (1-based); sentences in lib/i18n/organisation.ts. */
export type UnitLineProblem = Readonly<{
	line: number;
	code: 'no_code' | 'no_name' | 'bad_code' | 'code_twice' | 'unknown_type' | 'unknown_parent' | 'below_itself';
	text: string;
}>;

const TYPE_WORDS: readonly [RegExp, UnitType][] = [
	[/^(xa|phuong|dac khu|cap xa|ubnd xa|ubnd phuong|commune)/, 'commune'],
	[/^(cap huyen|huyen|quan|thi xa|thanh pho|ubnd huyen|ubnd quan|ubnd thi xa|district)/, 'district'],
	[/^(van phong|phong|trung tam|bo phan|don vi thuoc|commune office)/, 'commune_office'],
	[/(cong an|quan su|bien phong|luc luong vu trang|armed)/, 'armed_forces'],
	[/(toa an|kiem sat|tu phap trung uong|judiciary)/, 'judiciary'],
	[/(mat tran|mttq|doan the|cong doan|hoi nong dan|phu nu|cuu chien binh|doan thanh nien|front)/, 'front_organisation'],
	[/(hoi|hiep hoi|doan luat su|association)/, 'association'],
	[/(truong|dai hoc|cao dang|school)/, 'school'],
	[/(bao|dai phat thanh|truyen hinh|media)/, 'media'],
	[/(nganh doc|thue|bao hiem|thong ke|kho bac|hai quan|thi hanh an|vertical)/, 'vertical_agency'],
	[/(so|ban|nganh|van phong ubnd|thanh tra|department)/, 'provincial_department']
];

/** The type a word or name stands for: "Sở", "xã", "Công an". */
export function unitTypeOf(text: string): UnitType | undefined {
	const key = matchKey(text);
	return TYPE_WORDS.find(([pattern]) => pattern.test(key))?.[1];
}

/** A pasted table: columns by tabs (as Excel copies them) or semicolons. */
export function splitLines(text: string): string[][] {
	return text
		.split(/\r?\n/)
		.filter((line) => line.trim() !== '')
		.map((line) => line.split(line.includes('\t') ? '\t' : ';').map(tidy));
}

/**
 * Reads a table of units: code, name, type, code of the superior; a heading row is passed over. Pure.
 * @param present codes that exist already
 */
export function readUnitLines(
	table: readonly (readonly string[])[],
	present: ReadonlySet<string>
): { lines: UnitLine[]; problems: UnitLineProblem[] } {
	const problems: UnitLineProblem[] = [];
	const lines: UnitLine[] = [];
	const codes = new Set<string>();
	table.forEach(([rawCode = '', name = '', rawType = '', rawParent = ''], index) => {
		const line = index + 1;
		if (index === 0 && /^ma( |$)/.test(matchKey(rawCode))) return;
		const tell = (code: UnitLineProblem['code'], text: string) => void problems.push({ line, code, text });
		const code = v.safeParse(UnitCode, rawCode);
		const type = unitTypeOf(rawType || name);
		if (!rawCode) return tell('no_code', name);
		if (!code.success) return tell('bad_code', rawCode);
		if (!name) return tell('no_name', rawCode);
		if (codes.has(code.output)) return tell('code_twice', code.output);
		if (!type) return tell('unknown_type', rawType || name);
		codes.add(code.output);
		lines.push({ line, code: code.output, name, type, parentCode: rawParent ? rawParent.toUpperCase() : undefined });
	});
	const parentOf = new Map(lines.map(({ code, parentCode }) => [code, parentCode]));
	for (const { line, code, parentCode } of lines) {
		if (parentCode && !codes.has(parentCode) && !present.has(parentCode)) {
			problems.push({ line, code: 'unknown_parent', text: parentCode });
		} else if (isBelowItself(code, parentOf)) problems.push({ line, code: 'below_itself', text: code });
	}
	return { lines, problems: problems.sort((a, b) => a.line - b.line) };
}

/** Lines that can be taken in without those that have a problem: their superiors are there, or come with them. */
export function soundLines({ lines, problems }: ReturnType<typeof readUnitLines>): UnitLine[] {
	const bad = new Set(problems.map(({ line }) => line));
	let sound = lines.filter(({ line }) => !bad.has(line));
	for (let before = -1; before !== sound.length;) {
		before = sound.length;
		const refused = new Set(lines.filter((line) => !sound.includes(line)).map(({ code }) => code));
		sound = sound.filter(({ parentCode }) => !parentCode || !refused.has(parentCode));
	}
	return sound;
}

function isBelowItself(code: string, parentOf: ReadonlyMap<string, string | undefined>): boolean {
	const seen = new Set<string>();
	for (let at = parentOf.get(code); at !== undefined; at = parentOf.get(at)) {
		if (at === code) return true;
		if (seen.has(at)) return false;
		seen.add(at);
	}
	return false;
}

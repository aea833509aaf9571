import { matchKey } from '#lib/text/fold.ts';

/** What a roster file may call a unit by. */
export type KnownUnit = Readonly<{
	id: string;
	code: string;
	name: string;
	shortName: string | null;
	givesAggregates: boolean;
}>;

/** Finds the unit a cell means. */
export type UnitFinder = (text: string) => KnownUnit | 'ambiguous' | undefined;

const ABBREVIATIONS: readonly [RegExp, string][] = [
	[/\bubnd\b/g, 'uy ban nhan dan'],
	[/\bhdnd\b/g, 'hoi dong nhan dan'],
	[/\bmttq(?: vn)?\b/g, 'mat tran to quoc viet nam'],
	[/\bvp\b/g, 'van phong'],
	[/\bkh ?cn\b/g, 'khoa hoc va cong nghe'],
	[/\bgd ?dt\b/g, 'giao duc va dao tao'],
	[/\bvh ?tt ?dl\b/g, 'van hoa the thao va du lich']
];

/** Folded, and common abbreviations written out, so that "UBND xã Yên Thế" is "Uỷ ban nhân dân xã Yên Thế". */
function unitKey(text: string): string {
	return ABBREVIATIONS.reduce((key, [short, long]) => key.replace(short, long), matchKey(text)).replace(/ va /g, ' ');
}

/** By code first, then by name or short name; a name that several units share is ambiguous. */
export function unitFinder(units: readonly KnownUnit[]): UnitFinder {
	const byCode = new Map(units.map((unit) => [matchKey(unit.code), unit]));
	const byName = new Map<string, KnownUnit | 'ambiguous'>();
	for (const unit of units) {
		for (const name of new Set([unit.name, unit.shortName ?? unit.name].map(unitKey))) {
			byName.set(name, byName.has(name) ? 'ambiguous' : unit);
		}
	}
	return (text) => byCode.get(matchKey(text)) ?? byName.get(unitKey(text));
}

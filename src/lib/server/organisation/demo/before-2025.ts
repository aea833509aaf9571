import type { ReorganisationPlan } from '#lib/organisation/reorganisation.ts';
import type { Database } from '../../platform/database.ts';
import { seedId } from '../../platform/seed-values.ts';
import { reorganisations } from '../reorganisation-tables.ts';
import { units, unitSuccessions, unitVersions, type UnitType } from '../tables.ts';
import { placeUnits } from '../unit-places.ts';

/** The two-level government began; districts were no more, communes had been merged. */
const TWO_LEVELS = '2025-07-01';
const LONG_AGO = '2005-01-01';
const DOCUMENT = { documentNo: '25/NQ-MH', documentDate: '2025-06-12' };

type OldUnit = Readonly<{ code: string; name: string; type: UnitType; parentCode: string; heirCode?: string }>;

/** Districts, with the present communes that their old ones went into. */
const DISTRICTS: readonly Readonly<{ code: string; name: string; heirs: RegExp }>[] = [
	{ code: 'MH-TP', name: 'UBND thành phố Minh Họa', heirs: /^MH-P/ },
	{ code: 'MH-H1', name: 'UBND huyện Suối Ngọc', heirs: /^MH-X0[1-7]/ },
	{ code: 'MH-H2', name: 'UBND huyện Hồng Thái', heirs: /^MH-X(0[89]|1[0-4])/ },
	{ code: 'MH-H3', name: 'UBND huyện Thác Bạc', heirs: /^MH-X(1[5-9]|2)/ }
];

/** The commune that gave each present one its name had a neighbour; these are the neighbours' names. */
const NEIGHBOURS = [
	...['Tâm Hòa', 'Sơn Tây', 'An Bình', 'Vân Khê', 'Lâm Viên', 'Cường Thịnh', 'Hòa Lạc', 'Khê Nam', 'Sơn Hải', 'Hồ Sen'],
	...['Ngọc Bích', 'Thông Reo', 'Mây Trắng', 'Hoa Ban', 'Sáng Sớm', 'Nguồn Trong', 'Trạch Hạ', 'An Phú', 'Bình Yên'],
	...['Tín Nghĩa', 'Thái Hòa', 'Phúc Lộc', 'Nghĩa Tâm', 'Lộc Hưng', 'Lâm Mai', 'Khê Cẩm', 'Bạc Sương', 'Xanh Tươi'],
	...['Dừa Nước', 'Lau Trắng']
];

/** Codes and ids of the demo's units, and what to call the old ones by. */
type Present = Readonly<{ code: string; name: string; type: UnitType }>;

/**
 * The units of before 1 July 2025: four districts, and two communes for each present one, merged that day.
 * @returns present commune's code → ids of the two that went into it
 */
export async function seedUnitsBefore2025(
	db: Database,
	provinceId: string,
	present: readonly Present[],
	idOf: ReadonlyMap<string, string>
): Promise<ReadonlyMap<string, readonly string[]>> {
	const communes = present.filter(({ type }) => type === 'commune');
	const old = [
		...DISTRICTS.map(({ code, name }): OldUnit => ({ code, name, type: 'district', parentCode: 'MH' })),
		...communes.flatMap(oldCommunes)
	];
	const id = (code: string) => (code === 'MH' ? provinceId : (idOf.get(code) ?? seedId(`unit ${code}`)));
	await db.insert(units).values(old.map(({ code }) => ({ id: id(code), code, path: '0' })));
	await db.insert(unitVersions).values(
		old.map(({ code, name, type, parentCode }) => ({
			id: seedId(`unit version ${code}`),
			unitId: id(code),
			...{ name, type, validFrom: LONG_AGO, validTo: TWO_LEVELS },
			parentId: id(parentCode)
		}))
	);
	const merged = old.flatMap(({ code, heirCode }) => (heirCode ? [{ code, heirCode }] : []));
	await db.insert(unitSuccessions).values(
		merged.map(({ code, heirCode }) => ({
			id: seedId(`succession ${code}`),
			...{ fromUnitId: id(code), toUnitId: id(heirCode), onDate: TWO_LEVELS, kind: 'merger' as const }
		}))
	);
	const sources = Map.groupBy(merged, ({ heirCode }) => heirCode);
	const plans: ReorganisationPlan[] = [
		...[...sources].map(([heirCode, list]): ReorganisationPlan => ({
			...{ kind: 'merger', sourceIds: list.map(({ code }) => id(code)), taker: { unitId: id(heirCode) } }
		})),
		{ kind: 'closure', unitIds: DISTRICTS.map(({ code }) => id(code)) }
	];
	await db.insert(reorganisations).values(
		plans.map((plan, i) => ({
			id: seedId(`reorganisation ${i}`),
			...{ kind: plan.kind, plan, ...DOCUMENT, effectiveOn: TWO_LEVELS, state: 'done' as const }
		}))
	);
	await placeUnits(db);
	return new Map([...sources].map(([heirCode, list]) => [heirCode, list.map(({ code }) => id(code))]));
}

function oldCommunes({ code, name }: Present, i: number): OldUnit[] {
	const parentCode = DISTRICTS.find(({ heirs }) => heirs.test(code))?.code ?? 'MH';
	const kind = name.startsWith('UBND phường') ? 'phường' : 'xã';
	return [name, `UBND ${kind} ${NEIGHBOURS[i]}`].map((oldName, n) => ({
		code: `${code}-${'AB'[n]}`,
		...{ name: oldName, type: 'commune' as const, parentCode, heirCode: code }
	}));
}

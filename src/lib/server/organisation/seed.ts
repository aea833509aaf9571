import { eq } from 'drizzle-orm';
import { fold } from '#lib/text/fold.ts';
import { givenNameOf } from '#lib/text/names.ts';
import type { Database } from '../platform/database.ts';
import { seededRandom, seedId } from '../platform/seed-values.ts';
import { seedUnitsBefore2025 } from './demo/before-2025.ts';
import { demoName } from './demo/names.ts';
import { DEMO_UNITS, type DemoUnit } from './demo/units.ts';
import { ensureReferenceData, ensureRootUnit } from './reference-data.ts';
import { affiliations, aggregateRosters, categoryMemberships, people, units, unitVersions } from './tables.ts';

/** The day the two-level government and with it these units began. */
const BEGIN = '2025-07-01';
/** Bodies of the province that are older than the two-level government. */
const LONG_AGO = '2005-01-01';
/** When those who served before the reorganisation of 2025 had begun. */
const SERVED_SINCE = '2021-07-01';
/** Newly recognised people, in the weeks before the demo province is made. */
const RECOGNISED = '2026-03-01';

/** A person of the demo roster, for the seeds of other modules. */
export type DemoPerson = Readonly<{
	id: string;
	fullName: string;
	phone: string;
	unitCode: string;
	unitId: string;
	categories: readonly string[];
}>;

export type DemoOrganisation = Readonly<{
	provinceId: string;
	unitIds: ReadonlyMap<string, string>;
	people: readonly DemoPerson[];
}>;

/** The province "Minh Họa": its units, about 400 people in three categories that overlap, and two rosters in numbers. */
export async function seedOrganisation(db: Database): Promise<DemoOrganisation> {
	await ensureReferenceData(db);
	const provinceId = await ensureRootUnit(db, { code: 'MH', name: 'Tỉnh Minh Họa', validFrom: LONG_AGO });
	await db.update(units).set({ code: 'MH' }).where(eq(units.id, provinceId));
	await db
		.update(unitVersions)
		.set({ name: 'Tỉnh Minh Họa', shortName: 'Tỉnh', validFrom: LONG_AGO })
		.where(eq(unitVersions.unitId, provinceId));
	const unitIds = await seedUnits(db, provinceId);
	const before2025 = await seedUnitsBefore2025(db, provinceId, DEMO_UNITS, unitIds);
	const roster = makePeople(unitIds);
	await db.insert(people).values(
		roster.map(({ id, fullName, phone, gender, birthYear }) => ({
			...{ id, fullName, phone, gender, birthYear },
			givenName: givenNameOf(fullName),
			searchName: fold(fullName),
			qualification: 'law_degree' as const,
			experienceYears: 5
		}))
	);
	await db.insert(affiliations).values(
		roster.map(({ id, unitId, position }) => ({
			id: seedId(`affiliation ${id}`),
			personId: id,
			unitId,
			position,
			validFrom: BEGIN
		}))
	);
	await db.insert(categoryMemberships).values(roster.flatMap(membershipsOf));
	await seedPast(db, roster, before2025);
	await seedTwins(db, roster);
	await seedAggregates(db, unitIds);
	return { provinceId, unitIds, people: roster };
}

async function seedUnits(db: Database, provinceId: string): Promise<Map<string, string>> {
	const [province] = await db.select({ path: units.path }).from(units).where(eq(units.id, provinceId));
	const ids = new Map<string, string>([['MH', provinceId]]);
	for (const { code, givesAggregates = false } of DEMO_UNITS) {
		const id = seedId(`unit ${code}`);
		const [unit] = await db.insert(units).values({ id, code, path: '0', givesAggregates }).returning({ no: units.no });
		await db
			.update(units)
			.set({ path: `${province?.path}.${unit?.no}` })
			.where(eq(units.id, id));
		ids.set(code, id);
	}
	await db.insert(unitVersions).values(
		DEMO_UNITS.map(({ code, name, shortName, type }) => ({
			id: seedId(`unit version ${code}`),
			unitId: ids.get(code) ?? '',
			...{ name, shortName, type },
			parentId: provinceId,
			validFrom: type === 'commune' ? BEGIN : LONG_AGO
		}))
	);
	return ids;
}

type MadePerson = DemoPerson & Readonly<{ gender: 'male' | 'female'; birthYear: number; position: string }>;

function makePeople(unitIds: ReadonlyMap<string, string>): MadePerson[] {
	const random = seededRandom(766);
	const roster: MadePerson[] = [];
	for (const unit of DEMO_UNITS.filter(({ givesAggregates }) => !givesAggregates)) {
		const size = unit.code === 'MH-STP' ? 16 : unit.type === 'commune' ? 8 : 7;
		for (let i = 0; i < size; i++) {
			const index = roster.length;
			roster.push({
				id: seedId(`person ${index}`),
				...demoName(random, index),
				phone: `09${String(10_000_000 + index * 7919).slice(-8)}`,
				birthYear: 1966 + Math.floor(random() * 34),
				unitCode: unit.code,
				unitId: unitIds.get(unit.code) ?? '',
				categories: categoriesOf(unit, i),
				position: positionOf(unit, i)
			});
		}
	}
	return roster;
}

/** Everybody is of at least one category; every fifth of two. */
function categoriesOf({ type }: DemoUnit, i: number): string[] {
	if (type === 'commune')
		return i === 0
			? ['advising_official', 'legal_propagandist']
			: i === 1
				? ['advising_official']
				: ['legal_propagandist'];
	if (i % 3 === 0) return ['advising_official', 'legal_rapporteur'];
	return i % 3 === 1 ? ['advising_official'] : ['legal_rapporteur'];
}

function positionOf({ type, code }: DemoUnit, i: number): string {
	if (type === 'commune')
		return ['Chánh Văn phòng HĐND và UBND', 'Công chức Văn phòng – Tư pháp'][i] ?? 'Tuyên truyền viên pháp luật';
	if (i === 0) return code === 'MH-STP' ? 'Phó Giám đốc' : 'Lãnh đạo đơn vị';
	return i % 2 === 0 ? 'Trưởng phòng' : 'Chuyên viên';
}

function membershipsOf({ id, unitCode, categories }: MadePerson, index: number) {
	return categories.map((categoryCode) => ({
		id: seedId(`membership ${id} ${categoryCode}`),
		personId: id,
		categoryCode,
		level: /^MH-[PX]\d/.test(unitCode) ? 'commune' : 'province',
		decisionNo: categoryCode === 'advising_official' ? null : `${100 + (index % 60)}/QĐ-UBND`,
		decisionDate: categoryCode === 'advising_official' ? null : index % 11 === 0 ? RECOGNISED : BEGIN,
		legalFields: categoryCode === 'legal_rapporteur' ? fieldsOf(index) : [],
		validFrom: index % 11 === 0 ? RECOGNISED : BEGIN
	}));
}

/** Codes of legal_field; most rapporteurs speak on one field, some on two. */
function fieldsOf(index: number): string[] {
	const codes = ['land', 'family', 'criminal', 'civil', 'digital', 'traffic', 'labour', 'administrative', 'mediation'];
	const first = codes[index % codes.length]!;
	const second = codes[(index * 5 + 2) % codes.length]!;
	return index % 3 === 0 && second !== first ? [first, second] : [first];
}

/** Two of three in a commune served in one of the old ones already; some were rapporteurs of their district then. */
async function seedPast(
	db: Database,
	roster: readonly MadePerson[],
	before2025: ReadonlyMap<string, readonly string[]>
): Promise<void> {
	const served = roster.filter(({ unitCode }, i) => before2025.has(unitCode) && i % 3 !== 0);
	await db.insert(affiliations).values(
		served.map(({ id, unitCode, position }, i) => ({
			id: seedId(`past affiliation ${id}`),
			personId: id,
			unitId: before2025.get(unitCode)?.[i % 2] ?? '',
			...{ position, validFrom: SERVED_SINCE, validTo: BEGIN, endReason: 'unit_closed' }
		}))
	);
	await db.insert(categoryMemberships).values(
		served
			.filter((_, i) => i % 6 === 0)
			.map(({ id }) => ({
				id: seedId(`past membership ${id}`),
				personId: id,
				...{ categoryCode: 'district_rapporteur', decisionNo: '77/QĐ-UBND', decisionDate: SERVED_SINCE },
				...{ validFrom: SERVED_SINCE, validTo: BEGIN, endReason: 'level_abolished' }
			}))
	);
}

/** Two people whom another list brought in a second time, as mediators (no target counts them), for "Người có thể trùng". */
async function seedTwins(db: Database, roster: readonly MadePerson[]): Promise<void> {
	const communes = roster.filter(({ unitCode }) => /^MH-[PX]/.test(unitCode));
	const doubled = [communes[12], communes[100]].filter((person) => person !== undefined);
	const twins = doubled.map(({ id, fullName, phone, birthYear, unitId }, i) => ({
		id: seedId(`twin ${id}`),
		unitId: i === 0 ? unitId : (communes[30]?.unitId ?? unitId),
		fullName: i === 0 ? fullName.toLocaleUpperCase('vi') : fullName,
		...(i === 0 && { phone }),
		birthYear
	}));
	await db.insert(people).values(
		twins.map(({ unitId: _, ...twin }) => ({
			...twin,
			givenName: givenNameOf(twin.fullName),
			searchName: fold(twin.fullName)
		}))
	);
	await db.insert(affiliations).values(
		twins.map(({ id: personId, unitId }) => ({
			id: seedId(`affiliation ${personId}`),
			...{ personId, unitId, position: 'Hòa giải viên', validFrom: RECOGNISED }
		}))
	);
	await db.insert(categoryMemberships).values(
		twins.map(({ id: personId }) => ({
			id: seedId(`membership ${personId} mediator`),
			...{ personId, categoryCode: 'mediator', level: 'commune', validFrom: RECOGNISED }
		}))
	);
}

async function seedAggregates(db: Database, unitIds: ReadonlyMap<string, string>): Promise<void> {
	const row = (code: string, headcount: number, documentNo: string) => ({
		id: seedId(`aggregate roster ${code}`),
		unitId: unitIds.get(code) ?? '',
		categoryCode: 'advising_official',
		headcount,
		documentNo,
		documentDate: '2026-01-12',
		validFrom: BEGIN
	});
	await db.insert(aggregateRosters).values([row('MH-CA', 48, '45/BC-CAT'), row('MH-QS', 32, '21/BC-BCH')]);
}

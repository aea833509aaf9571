import { sql } from 'drizzle-orm';
import { namedOn } from '../indicators/selection.ts';
import type { Site } from '../indicators/site.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';

/** A unit that reports, as it was called on the last day of the figures. */
export type ReportUnit = Readonly<{
	id: string;
	code: string;
	name: string;
	path: string;
	type: string;
	isProvince: boolean;
	/** From the province down to the unit above. */
	above: readonly Readonly<{ name: string; type: string }>[];
}>;

/** @throws {DomainError} `not_found` */
export async function getReportUnit(db: Database, unitId: string, day: string): Promise<ReportUnit> {
	const rows = await db.execute<Omit<ReportUnit, 'isProvince' | 'above'>>(sql`
		select u.id, u.code, v.name, u.path::text as path, v.type
		from unit own join unit u on own.path <@ u.path ${namedOn(day)} where own.id = ${unitId}::uuid order by nlevel(u.path)`);
	const above = [...rows];
	const unit = above.pop();
	if (!unit) throw new DomainError('not_found', 'indicators.unknown_unit');
	return { ...unit, isProvince: unit.type === 'province', above };
}

/**
 * Names above the title (Nghị định 30/2020/NĐ-CP, phụ lục I, phần II, mục 2): the body above stands over departments and
 * offices; people's committees and central agencies are written without it here, since theirs is not in the tree.
 */
export function issuer(unit: ReportUnit, site: Site): { superior: string; agency: string; place: string } {
	const province = unit.above[0] ?? unit;
	const parent = unit.above.at(-1);
	const committee = /^(ubnd|ủy ban nhân dân)/i.test(site.owner) ? site.owner : `UBND ${lower(province.name)}`;
	const place = (unit.type === 'commune' ? unit : parent?.type === 'commune' ? parent : province).name;
	const superior = { provincial_department: committee, commune_office: parent?.name ?? '' }[unit.type] ?? '';
	return { superior, agency: unit.isProvince ? site.owner || unit.name : unit.name, place: bareName(place) };
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** `UBND phường Minh Tâm` → `Minh Tâm`, `Tỉnh Minh Họa` → `Minh Họa`. */
function bareName(name: string): string {
	return name.replace(/^(?:(?:ubnd|ủy ban nhân dân|tỉnh|thành phố|xã|phường|đặc khu)\s+)+/i, '');
}

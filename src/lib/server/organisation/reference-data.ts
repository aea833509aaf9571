import { isNull, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { categories, legalFields, units, unitVersions } from './tables.ts';

/**
 * The groups of people known at delivery. The first three make the denominator of the targets (Kế hoạch 184/KH-UBND
 * II.2; Luật PBGDPL 2012 Đ.35, 37). District rapporteurs ended with the two-level government (NĐ 121/2025/NĐ-CP).
 */
const CATEGORIES: readonly (typeof categories.$inferInsert)[] = [
	{
		code: 'advising_official',
		nameVi: 'Cán bộ, công chức, viên chức, chiến sĩ tham mưu công tác PBGDPL',
		nameEn: 'Officials advising on legal dissemination',
		isTarget: true,
		position: 1
	},
	{
		code: 'legal_rapporteur',
		nameVi: 'Báo cáo viên pháp luật',
		nameEn: 'Legal rapporteurs',
		isTarget: true,
		position: 2
	},
	{
		code: 'legal_propagandist',
		nameVi: 'Tuyên truyền viên pháp luật',
		nameEn: 'Legal propagandists',
		isTarget: true,
		position: 3
	},
	{ code: 'mediator', nameVi: 'Hòa giải viên', nameEn: 'Grassroots mediators', isTarget: false, position: 4 },
	{ code: 'trainer', nameVi: 'Tập huấn viên, giảng viên', nameEn: 'Trainers', isTarget: false, position: 5 },
	{
		code: 'invited_contributor',
		nameVi: 'Người được mời tham gia PBGDPL',
		nameEn: 'Invited contributors',
		isTarget: false,
		position: 6
	},
	{
		code: 'district_rapporteur',
		nameVi: 'Báo cáo viên pháp luật cấp huyện',
		nameEn: 'District legal rapporteurs',
		isTarget: false,
		validTo: '2025-07-01',
		position: 7
	},
	// QĐ 26/2025/QĐ-TTg: the council that coordinates legal dissemination, and its secretariat.
	{
		code: 'council_member',
		nameVi: 'Thành viên Hội đồng phối hợp PBGDPL',
		nameEn: 'Members of the coordination council',
		isTarget: false,
		position: 8
	},
	{
		code: 'council_secretary',
		nameVi: 'Tổ thư ký Hội đồng phối hợp PBGDPL',
		nameEn: 'Secretariat of the coordination council',
		isTarget: false,
		position: 9
	}
];

/** Fields of law that lists of rapporteurs usually name; a province renames, retires and adds its own. */
const LEGAL_FIELDS: readonly (readonly [code: string, nameVi: string, nameEn: string])[] = [
	['constitution', 'Hiến pháp, tổ chức bộ máy nhà nước', 'Constitution, organisation of the State'],
	['administrative', 'Hành chính, khiếu nại, tố cáo', 'Administration, complaints, denunciations'],
	['criminal', 'Hình sự, tố tụng hình sự', 'Criminal law and procedure'],
	['civil', 'Dân sự, tố tụng dân sự', 'Civil law and procedure'],
	['family', 'Hôn nhân và gia đình, hộ tịch, bình đẳng giới', 'Marriage and family, civil status, gender equality'],
	['land', 'Đất đai, xây dựng, nhà ở', 'Land, construction, housing'],
	['environment', 'Tài nguyên, môi trường', 'Natural resources, environment'],
	['labour', 'Lao động, bảo hiểm xã hội', 'Labour, social insurance'],
	['business', 'Doanh nghiệp, đầu tư, thuế', 'Enterprise, investment, tax'],
	['education_health', 'Giáo dục, y tế, trẻ em', 'Education, health, children'],
	['security', 'Quốc phòng, an ninh, trật tự an toàn xã hội', 'Defence, security, public order'],
	['traffic', 'Trật tự, an toàn giao thông', 'Road traffic order and safety'],
	['anti_corruption', 'Phòng, chống tham nhũng, tiêu cực', 'Prevention of corruption'],
	['digital', 'Chuyển đổi số, an ninh mạng, dữ liệu cá nhân', 'Digital transformation, cybersecurity, personal data'],
	['ethnic', 'Dân tộc, tín ngưỡng, tôn giáo', 'Ethnic affairs, belief, religion'],
	['mediation', 'Hòa giải ở cơ sở, tiếp cận pháp luật', 'Grassroots mediation, access to law']
];

/** Writes what the product cannot start without. Run after every migration; changes nothing that is already there. */
export async function ensureReferenceData(db: Database): Promise<void> {
	await db
		.insert(categories)
		.values([...CATEGORIES])
		.onConflictDoNothing();
	await db
		.insert(legalFields)
		.values(LEGAL_FIELDS.map(([code, nameVi, nameEn], i) => ({ code, nameVi, nameEn, position: i + 1 })))
		.onConflictDoNothing();
}

/**
 * The unit at the top of the tree, made where there is none; the first-run wizard lets its name be changed.
 * @returns its id
 */
export async function ensureRootUnit(
	db: Database,
	{ code = 'TINH', name = 'Tỉnh', validFrom = '2025-07-01' }: { code?: string; name?: string; validFrom?: string } = {}
): Promise<string> {
	return db.transaction(async (tx) => {
		await tx.execute(sql`lock table ${units} in share row exclusive mode`);
		const [root] = await tx
			.select({ id: units.id })
			.from(units)
			.where(sql`nlevel(${units.path}) = 1`)
			.limit(1);
		if (root) return root.id;
		const [unit] = await tx.insert(units).values({ code, path: '0' }).returning({ id: units.id, no: units.no });
		if (!unit) throw new Error('unit was not inserted');
		await tx
			.update(units)
			.set({ path: String(unit.no) })
			.where(sql`${units.id} = ${unit.id}`);
		await tx.insert(unitVersions).values({ unitId: unit.id, name, type: 'province', validFrom, parentId: null });
		return unit.id;
	});
}

/** Categories that hold on a day, in their order. */
export function listCategories(db: Database, day: string) {
	return db
		.select()
		.from(categories)
		.where(
			sql`(${isNull(categories.validFrom)} or ${categories.validFrom} <= ${day})
			and (${isNull(categories.validTo)} or ${categories.validTo} > ${day})`
		)
		.orderBy(categories.position);
}

/** Fields of law that may be chosen on a day, and those of `also`, named before they were retired; all without a day. */
export function listLegalFields(db: Database, day?: string, also: readonly string[] = []) {
	return db
		.select()
		.from(legalFields)
		.where(
			day
				? sql`(${legalFields.retiredOn} is null or ${legalFields.retiredOn} > ${day}
					or ${legalFields.code} = any(${sql.param([...also])}::text[]))`
				: undefined
		)
		.orderBy(legalFields.position, legalFields.code);
}

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor, Role } from '#lib/server/identity/actor.ts';
import { courses, courseVersions } from '#lib/server/catalogue/tables.ts';
import { addPerson, type NewPerson } from '#lib/server/organisation/people.ts';
import { ensureReferenceData } from '#lib/server/organisation/reference-data.ts';
import { units, unitVersions } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { HeldClass } from '#lib/server/training/held-class.ts';
import { openClass } from '#lib/server/training/classes.ts';
import type { OpenClassInput } from '#lib/training/input.ts';

export type TestUnit = { id: string; path: string; name: string };

/** A province with a department and two communes, the groups of people, and a published course. */
export async function aProvince(ctx: Context) {
	await ensureReferenceData(ctx.db);
	const province = await aUnit(ctx, { name: 'Tỉnh Minh Họa' });
	const department = await aUnit(ctx, { name: 'Sở Tư pháp', parent: province });
	const commune = await aUnit(ctx, { name: 'Xã Yên Lâm', parent: province });
	const otherCommune = await aUnit(ctx, { name: 'Phường Đông Hà', parent: province });
	return { province, department, commune, otherCommune };
}

export async function aUnit(
	ctx: Context,
	{ name, parent, givesAggregates = false }: { name: string; parent?: TestUnit; givesAggregates?: boolean }
): Promise<TestUnit> {
	const [unit] = await ctx.db
		.insert(units)
		.values({ code: randomUUID().slice(0, 8), path: '0', givesAggregates })
		.returning({ id: units.id, no: units.no });
	if (!unit) throw new Error('no unit');
	const path = parent ? `${parent.path}.${unit.no}` : String(unit.no);
	await ctx.db.update(units).set({ path }).where(eq(units.id, unit.id));
	const type = parent ? 'commune' : 'province';
	await ctx.db
		.insert(unitVersions)
		.values({ unitId: unit.id, name, type, parentId: parent?.id ?? null, validFrom: '2025-01-01' });
	return { id: unit.id, path, name };
}

/** An account's actor with one role in one unit; no row behind it is needed. */
export function anActor(role: Role, unit: Pick<TestUnit, 'id' | 'path'>): Actor {
	const grants = [{ role, unitId: unit.id, unitPath: unit.path }];
	return { kind: 'account', accountId: randomUUID(), displayName: role, grants };
}

export async function aPerson(
	ctx: Context,
	unit: TestUnit,
	fullName = 'Nguyễn Văn An',
	more: Partial<NewPerson> = {}
): Promise<string> {
	const added = await addPerson(ctx, {
		fullName,
		unitId: unit.id,
		validFrom: '2025-01-01',
		categories: ['legal_propagandist'],
		isAnother: true,
		...more
	});
	if (!('personId' in added)) throw new Error('the person is a duplicate');
	return added.personId;
}

export async function aPublishedCourse(
	ctx: Context,
	unit: TestUnit,
	title = 'Nhập môn chuyển đổi số'
): Promise<string> {
	const [course] = await ctx.db
		.insert(courses)
		.values({ code: randomUUID().slice(0, 8), unitId: unit.id })
		.returning({ id: courses.id });
	if (!course) throw new Error('no course');
	const [version] = await ctx.db
		.insert(courseVersions)
		.values({
			courseId: course.id,
			number: 1,
			status: 'published',
			title,
			teachingPeriods: 8,
			publishedAt: ctx.now
		})
		.returning({ id: courseVersions.id });
	if (!version) throw new Error('no version');
	return version.id;
}

/** Input of an online class that counts, under way on the tests' day. */
export function classInput(
	organiser: TestUnit,
	courseVersionId: string | null,
	more: Partial<OpenClassInput> = {}
): OpenClassInput {
	return {
		organiserUnitId: organiser.id,
		courseVersionId,
		title: 'Lớp kỹ năng số quý IV',
		kind: 'training',
		mode: courseVersionId ? 'online_self_paced' : 'in_person',
		topics: ['digital_skills'],
		legalFields: [],
		coOrganisers: [],
		planLineId: null,
		audience: [],
		documentNo: '12/KH-UBND',
		documentDate: '2026-11-01',
		approver: null,
		place: null,
		meetingUrl: null,
		lecturers: null,
		startsOn: '2026-11-02',
		dueOn: '2026-12-15',
		teachingPeriods: 8,
		stateBudgetVnd: null,
		otherFundsVnd: null,
		...more
	};
}

/** A running self-paced class of the unit. */
export async function aClass(ctx: Context, organiser: TestUnit, more: Partial<OpenClassInput> = {}): Promise<string> {
	const courseVersionId = more.courseVersionId ?? (await aPublishedCourse(ctx, organiser));
	const { activityId } = await openClass(ctx, classInput(organiser, courseVersionId, more));
	return activityId;
}

/** A class that was held, as its form says it. */
export function heldClass(organiser: TestUnit, more: Partial<HeldClass> = {}): HeldClass {
	return {
		...classInput(organiser, null),
		activityId: randomUUID(),
		heldOn: '2026-11-18',
		endedOn: null,
		listed: [],
		present: [],
		absenteesWereSummoned: true,
		walkIns: [],
		sheets: [],
		...more
	};
}

import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Actor, Role } from '#lib/server/identity/actor.ts';
import { EVERYTHING } from '#lib/server/identity/permissions.ts';
import { addMembership, affiliate, endMembership, leaveUnit, takeIn } from '#lib/server/organisation/affiliations.ts';
import { listAggregateRosters, setAggregateRoster } from '#lib/server/organisation/aggregates.ts';
import { addPerson, readPersonalNumberOf, updatePerson, type NewPerson } from '#lib/server/organisation/people.ts';
import { getPersonRow, listAffiliations, listRoster } from '#lib/server/organisation/people-queries.ts';
import { getUnit, listUnits, rosterAsOf, searchPeople, unitOf } from '#lib/server/organisation/queries.ts';
import { ensureReferenceData, ensureRootUnit } from '#lib/server/organisation/reference-data.ts';
import { needsSetup } from '#lib/server/organisation/setup.ts';
import { importUnits } from '#lib/server/organisation/unit-list.ts';
import { createUnit, renameUnit } from '#lib/server/organisation/units.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { fold } from '#lib/text/fold.ts';
import { compareNames } from '#lib/text/names.ts';
import { as, test } from '../support/test.ts';

const DAY = '2026-11-20';

/** A province with two departments; the second has an office below it. */
async function aProvince(ctx: Context) {
	await ensureReferenceData(ctx.db);
	const root = await ensureRootUnit(ctx.db, { code: 'MH', name: 'Tỉnh Minh Họa', validFrom: '2025-07-01' });
	const unit = async (code: string, name: string, parentId = root) =>
		(
			await createUnit(ctx, {
				parentId,
				code,
				name,
				shortName: undefined,
				type: 'provincial_department',
				givesAggregates: false,
				validFrom: '2025-07-01'
			})
		).unitId;
	const justice = await unit('MH-STP', 'Sở Tư pháp');
	const health = await unit('MH-SYT', 'Sở Y tế');
	const clinic = await unit('MH-SYT-01', 'Trung tâm Y tế Đông Hưng', health);
	return { root, justice, health, clinic };
}

async function actorIn(ctx: Context, unitId: string, role: Role = 'unit_admin'): Promise<Context> {
	const { path } = await getUnit(ctx.db, EVERYTHING, unitId);
	const actor: Actor = {
		kind: 'account',
		accountId: '00000000-0000-4000-8000-000000000001',
		displayName: 'Quản trị',
		grants: [{ role, unitId, unitPath: path }]
	};
	return as(ctx, actor);
}

async function aPerson(ctx: Context, unitId: string, more: Partial<NewPerson> = {}): Promise<string> {
	const added = await addPerson(ctx, { fullName: 'Nguyễn Thị Lan', unitId, validFrom: '2026-01-05', ...more });
	if (!('personId' in added)) throw new Error('looks like someone else');
	return added.personId;
}

const code = (value: string) => expect.objectContaining({ code: value });

describe('units', () => {
	test('a unit admin sees the own unit and those below, and no others', async ({ ctx }) => {
		const { health, clinic, justice } = await aProvince(ctx);
		const admin = await actorIn(ctx, health);
		if (admin.actor.kind !== 'account') return;
		const scope = { kind: 'subtrees' as const, paths: admin.actor.grants.map(({ unitPath }) => unitPath) };
		expect((await listUnits(ctx.db, scope)).map(({ id }) => id)).toEqual([health, clinic]);
		await expect(getUnit(ctx.db, scope, justice)).rejects.toEqual(code('organisation.unit_not_found'));
	});

	test('units are found with and without marks', async ({ ctx }) => {
		await aProvince(ctx);
		for (const text of ['đông hưng', 'dong hung', 'DONG  HƯNG', 'syt-01']) {
			expect((await listUnits(ctx.db, EVERYTHING, { text })).map(({ code }) => code)).toEqual(['MH-SYT-01']);
		}
	});

	test('a renamed unit keeps its old name for the time before', async ({ ctx }) => {
		const { justice } = await aProvince(ctx);
		const rename = { unitId: justice, version: 1, name: 'Sở Tư pháp và Nội vụ', shortName: undefined };
		await renameUnit(ctx, { ...rename, type: 'provincial_department', givesAggregates: false, from: '2026-03-01' });
		const nameOn = async (day: string) =>
			(await listUnits(ctx.db, EVERYTHING, { day })).find(({ id }) => id === justice)?.name;
		expect(await nameOn('2026-02-28')).toBe('Sở Tư pháp');
		expect(await nameOn('2026-03-01')).toBe('Sở Tư pháp và Nội vụ');
	});

	test('the second of two editors of one unit is told and nothing is overwritten', async ({ ctx }) => {
		const { justice } = await aProvince(ctx);
		const edit = (name: string) =>
			renameUnit(ctx, {
				unitId: justice,
				version: 1,
				name,
				shortName: undefined,
				type: 'provincial_department',
				givesAggregates: false,
				from: DAY
			});
		const outcomes = await Promise.allSettled([edit('Tên A'), edit('Tên B')]);
		expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(outcomes.find((one) => one.status === 'rejected')?.reason).toEqual(code('organisation.changed_meanwhile'));
	});

	test('a code is used once, and only the province changes the tree', async ({ ctx }) => {
		const { root, health } = await aProvince(ctx);
		const twin = { parentId: root, code: 'MH-STP', name: 'X', shortName: undefined, validFrom: DAY };
		const values = { ...twin, type: 'school' as const, givesAggregates: false };
		await expect(createUnit(ctx, values)).rejects.toEqual(code('organisation.unit_code_taken'));
		await expect(createUnit(await actorIn(ctx, health), values)).rejects.toEqual(code('identity.not_permitted'));
	});
});

describe('people', () => {
	test('nobody of another unit is seen, changed or added to', async ({ ctx }) => {
		const { health, justice, clinic } = await aProvince(ctx);
		const stranger = await aPerson(ctx, justice);
		const admin = await actorIn(ctx, health);
		const own = await aPerson(admin, clinic, { fullName: 'Trần Văn Đức' });
		await expect(aPerson(admin, justice)).rejects.toEqual(code('organisation.unit_not_found'));
		await expect(affiliate(admin, { personId: stranger, unitId: clinic, validFrom: DAY })).rejects.toEqual(
			code('organisation.person_not_found')
		);
		await expect(affiliate(admin, { personId: own, unitId: justice, validFrom: DAY })).rejects.toEqual(
			code('organisation.unit_not_found')
		);
		await expect(readPersonalNumberOf(admin, stranger)).rejects.toEqual(code('organisation.person_not_found'));
		expect(await unitOf(ctx.db, own, DAY)).toBe(clinic);
	});

	test('a viewer and a technical admin get no personal data', async ({ ctx }) => {
		const { root } = await aProvince(ctx);
		for (const role of ['viewer', 'technical_admin', 'trainer', 'learner'] as const) {
			await expect(aPerson(await actorIn(ctx, root, role), root)).rejects.toEqual(code('identity.not_permitted'));
		}
	});

	test('the personal number is sealed, found again, and each look at it is recorded', async ({ ctx }) => {
		const { justice } = await aProvince(ctx);
		const person = await aPerson(ctx, justice, { personalNumber: '024190006789' });
		const [stored] = await ctx.db.execute<{ row: string }>(
			sql`select p::text as row from person p where id = ${person}`
		);
		expect(stored?.row).not.toContain('024190006789');
		expect(await readPersonalNumberOf(await actorIn(ctx, justice), person)).toBe('024190006789');
		const looks = await ctx.db.execute(sql`select 1 from audit_event where action = 'person.personal_number_read'`);
		expect(looks).toHaveLength(1);
	});

	test('adding asks back when someone looks the same, and never says who it is elsewhere', async ({ ctx }) => {
		const { justice, health } = await aProvince(ctx);
		const same = { personalNumber: '024190006789', phone: '0912345678', birth: { birthYear: 1980 } };
		await aPerson(ctx, justice, same);
		const again = { fullName: 'NGUYỄN THỊ LAN', unitId: justice, validFrom: DAY };
		const reasonOf = async (more: Partial<NewPerson>) => {
			const answer = await addPerson(ctx, { ...again, ...more });
			return 'duplicates' in answer ? answer.duplicates.map(({ reason }) => reason) : [];
		};
		expect(await reasonOf({ personalNumber: same.personalNumber })).toEqual(['personal_number']);
		expect(await reasonOf({ phone: same.phone })).toEqual(['phone']);
		expect(await reasonOf({ birth: same.birth })).toEqual(['name_and_birth']);
		expect(await reasonOf({ birth: same.birth, isAnother: true })).toEqual([]);
		const elsewhere = await actorIn(ctx, health);
		await expect(addPerson(elsewhere, { ...again, ...same, unitId: health })).rejects.toEqual(
			code('organisation.person_in_other_unit')
		);
	});

	test('a transfer moves a person from its day on and the past stays', async ({ ctx }) => {
		const { justice, clinic } = await aProvince(ctx);
		const person = await aPerson(ctx, justice);
		await affiliate(ctx, { personId: person, unitId: clinic, validFrom: '2026-05-01' });
		expect(await unitOf(ctx.db, person, '2026-04-30')).toBe(justice);
		expect(await unitOf(ctx.db, person, '2026-05-01')).toBe(clinic);
		expect(await listAffiliations(ctx.db, person)).toHaveLength(2);
		await expect(affiliate(ctx, { personId: person, unitId: justice, validFrom: '2026-05-01' })).rejects.toEqual(
			code('organisation.before_last_change')
		);
	});

	test('two transfers at once leave one unit', async ({ ctx }) => {
		const { justice, health, clinic } = await aProvince(ctx);
		const person = await aPerson(ctx, justice);
		const transfers = [health, clinic].map((unitId) => affiliate(ctx, { personId: person, unitId, validFrom: DAY }));
		const outcomes = await Promise.allSettled(transfers);
		expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(await listAffiliations(ctx.db, person)).toHaveLength(2);
	});

	test('someone who left is taken in by another unit that knows the personal number', async ({ ctx }) => {
		const { justice, health } = await aProvince(ctx);
		const person = await aPerson(ctx, justice, { personalNumber: '024190006789' });
		const admin = await actorIn(ctx, health);
		const place = { personId: person, unitId: health, validFrom: '2026-11-01' };
		await expect(takeIn(admin, { ...place, personalNumber: '024190006789' })).rejects.toEqual(
			code('organisation.person_not_found')
		);
		await leaveUnit(ctx, { personId: person, from: '2026-10-01', reason: 'left_agency' });
		await expect(takeIn(admin, { ...place, personalNumber: '024190006780' })).rejects.toEqual(
			code('organisation.person_not_found')
		);
		const found = await addPerson(admin, {
			fullName: 'Nguyễn Thị Lan',
			unitId: health,
			validFrom: DAY,
			personalNumber: '024190006789'
		});
		expect(found).toMatchObject({ duplicates: [{ personId: person, unitId: null }] });
		await takeIn(admin, { ...place, personalNumber: '024190006789' });
		expect(await unitOf(ctx.db, person, DAY)).toBe(health);
	});

	test('the second of two editors of one person is told', async ({ ctx }) => {
		const { justice } = await aProvince(ctx);
		const personId = await aPerson(ctx, justice);
		const edit = (phone: string) =>
			updatePerson(ctx, {
				...{ personId, version: 1, fullName: 'Nguyễn Thị Lan', phone, givenName: undefined, birth: undefined },
				...{ gender: undefined, email: undefined, qualification: undefined, qualificationNote: undefined },
				...{ experienceYears: undefined, personalNumber: undefined, position: 'Chuyên viên' }
			});
		await edit('0912345678');
		await expect(edit('0987654321')).rejects.toEqual(code('organisation.changed_meanwhile'));
		expect(await getPersonRow(ctx.db, EVERYTHING, personId, DAY)).toMatchObject({
			phone: '0912345678',
			position: 'Chuyên viên'
		});
	});

	test('a membership has its time, its end and its reason, and times do not overlap', async ({ ctx }) => {
		const { justice } = await aProvince(ctx);
		const personId = await aPerson(ctx, justice);
		const membership = { personId, categoryCode: 'legal_rapporteur', validFrom: '2026-02-01' };
		const { membershipId } = await addMembership(ctx, membership);
		await expect(addMembership(ctx, { ...membership, validFrom: DAY })).rejects.toEqual(
			code('organisation.membership_overlaps')
		);
		await endMembership(ctx, { personId, membershipId, from: '2026-08-01', reason: 'refused_three_times' });
		const on = (day: string) => rosterAsOf(ctx.db, { day, category: 'legal_rapporteur' });
		expect(await on('2026-07-31')).toHaveLength(1);
		expect(await on('2026-08-01')).toHaveLength(0);
	});

	test('lists are found without marks and sorted by tên, đệm, họ as the text rules sort them', async ({ ctx }) => {
		const { justice } = await aProvince(ctx);
		const names = ['Trần Văn Đức', 'Lê Thị Anh', 'Bùi Văn Ánh', 'Nguyễn Thị Anh', 'Lê Bá Anh', 'Phạm Dũng', 'Đỗ Ân'];
		for (const fullName of names) await aPerson(ctx, justice, { fullName });
		const { rows, total } = await listRoster(ctx.db, EVERYTHING, {}, DAY);
		const sorted = names.map((fullName) => ({ fullName })).sort(compareNames);
		expect(rows.map(({ fullName }) => fullName)).toEqual(sorted.map(({ fullName }) => fullName));
		expect(total).toBe(names.length);
		const found = await searchPeople(ctx.db, EVERYTHING, 'tran van duc', { day: DAY });
		expect(found.map(({ fullName }) => fullName)).toEqual(['Trần Văn Đức']);
	});
});

describe('units without names', () => {
	test('a head count holds until the next document, and only where a unit gives no names', async ({ ctx }) => {
		const { root, justice } = await aProvince(ctx);
		const { unitId } = await createUnit(ctx, {
			...{ parentId: root, code: 'MH-CA', name: 'Công an tỉnh', shortName: undefined, type: 'armed_forces' },
			...{ givesAggregates: true, validFrom: '2025-07-01' }
		});
		const count = { unitId, categoryCode: 'advising_official', headcount: 40, documentNo: '12/CV-CAT' };
		const first = { ...count, documentDate: '2026-01-10', validFrom: '2026-01-01' };
		await setAggregateRoster(ctx, first);
		await setAggregateRoster(ctx, { ...first, headcount: 42 });
		await setAggregateRoster(ctx, { ...first, headcount: 45, documentNo: '90/CV-CAT', validFrom: '2026-07-01' });
		const rows = await listAggregateRosters(ctx.db, unitId);
		expect(rows.map(({ headcount, validFrom, validTo }) => [headcount, validFrom, validTo])).toEqual([
			[45, '2026-07-01', null],
			[42, '2026-01-01', '2026-07-01']
		]);
		await expect(setAggregateRoster(ctx, { ...first, unitId: justice })).rejects.toEqual(
			code('organisation.gives_names')
		);
		await expect(setAggregateRoster(await actorIn(ctx, justice), first)).rejects.toEqual(
			code('organisation.unit_not_found')
		);
		await expect(aPerson(ctx, unitId)).rejects.toEqual(code('organisation.gives_aggregates'));
	});
});

const source = (validFrom: string) => ({ id: randomUUID(), fileName: null, validFrom });

describe('a list of units', () => {
	test('is taken in whole, superiors first, and sent again adds only what is new', async ({ ctx }) => {
		const { root } = await aProvince(ctx);
		const table = [
			['MH-X1-VP', 'Văn phòng HĐND và UBND', 'Văn phòng', 'MH-X1'],
			['MH-X1', 'Ủy ban nhân dân xã Minh Họa', 'Xã', '']
		];
		expect(await importUnits(ctx, table, source('2025-07-01'))).toMatchObject({ created: 2, unchanged: 0 });
		expect(await importUnits(ctx, table, source('2025-07-01'))).toMatchObject({ created: 0, unchanged: 2 });
		const units = await listUnits(ctx.db, EVERYTHING, { day: DAY });
		const commune = units.find(({ code }) => code === 'MH-X1');
		expect(commune?.parentId).toBe(root);
		expect(units.find(({ code }) => code === 'MH-X1-VP')?.parentId).toBe(commune?.id);
	});

	test('with a bad line is refused whole', async ({ ctx }) => {
		await aProvince(ctx);
		const table = [
			['MH-A', 'Sở A', 'Sở', ''],
			['MH-B', 'Sở B', 'Sở', 'MH-KHÔNG-CÓ']
		];
		expect(await importUnits(ctx, table, source(DAY))).toMatchObject({
			created: 0,
			problems: [{ line: 2, code: 'unknown_parent' }]
		});
		expect((await listUnits(ctx.db, EVERYTHING)).map(({ code }) => code)).not.toContain('MH-A');
	});

	test('is asked for on the home page until there are units and people', async ({ ctx }) => {
		await ensureReferenceData(ctx.db);
		const root = await ensureRootUnit(ctx.db);
		const admin = await actorIn(ctx, root, 'province_admin');
		expect(await needsSetup(admin)).toBe(true);
		expect(await needsSetup(await actorIn(ctx, root, 'unit_admin'))).toBe(false);
		await importUnits(admin, [['A', 'Sở A', 'Sở', '']], source('2025-07-01'));
		await aPerson(admin, root);
		expect(await needsSetup(admin)).toBe(false);
	});
});

test('folding gives in PostgreSQL what it gives in JavaScript', async ({ ctx }) => {
	const texts = [
		'Đặng Thị Hoà',
		'Uỷ ban nhân dân xã Yên Thế',
		'PHƯỜNG ĐÔNG HƯNG',
		'ăâđêôơư ĂÂĐÊÔƠƯ',
		'áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ',
		'Nguyễn Thị Ưng'.normalize('NFD'),
		'Y-Blim Niê Kđăm',
		"K'Brửu 123"
	];
	for (const text of texts) {
		const [row] = await ctx.db.execute<{ folded: string }>(sql`select fold(${text}) as folded`);
		expect(row?.folded).toBe(fold(text));
	}
});

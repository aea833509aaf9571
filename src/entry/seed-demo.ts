import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { seedQuestions } from '#lib/server/assessment/seed.ts';
import { seedProgrammes } from '#lib/server/catalogue/seed-programmes.ts';
import { seedCourses } from '#lib/server/catalogue/seed.ts';
import type { Role } from '#lib/server/identity/actor.ts';
import { seedCertificates } from '#lib/server/certificates/seed.ts';
import { seedForum } from '#lib/server/forum/seed.ts';
import { addGrant, createAccount } from '#lib/server/identity/accounts.ts';
import { ensureTargets } from '#lib/server/indicators/reference-data.ts';
import { siteSettings } from '#lib/server/indicators/tables.ts';
import { seedQuizAttempt } from '#lib/server/learning/seed.ts';
import { seedScormAttempts } from '#lib/server/learning/scorm-seed.ts';
import { seedLectures } from '#lib/server/lectures/seed.ts';
import { seedLibrary } from '#lib/server/library/seed.ts';
import { seedAnnouncements } from '#lib/server/notifications/seed.ts';
import { seedOrganisation, type DemoOrganisation } from '#lib/server/organisation/seed.ts';
import { loadConfig, type Config } from '#lib/server/platform/config.ts';
import { today, within, type Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/database.ts';
import { seedPrivacy } from '#lib/server/privacy/seed.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { seedSurveys } from '#lib/server/surveys/seed.ts';
import { seedReports } from '#lib/server/reporting/seed.ts';
import { seedTraining } from '#lib/server/training/seed.ts';

/** An account of the demo with the password that a start prints. */
export type DemoAccount = Readonly<{ role: string; username: string; password: string; purpose: string }>;

type AccountPlan = Readonly<{
	username: string;
	role: Role;
	roleName: string;
	unit: string;
	purpose: string;
	isOperator?: boolean;
}>;

/** Not a secret: the demo listens on 127.0.0.1. Where it is opened to a network each account gets a random one. */
const KNOWN_PASSWORD = 'MinhHoa-2026';
const PASSWORDS_FILE = 'demo-accounts.json';

/** `unit` is where the person counts and the role reaches. */
const PLANS: readonly AccountPlan[] = [
	{
		username: 'hocvien',
		role: 'learner',
		roleName: 'Học viên',
		unit: 'MH-P01',
		purpose: 'học lớp đang mở của phường Minh Tâm'
	},
	{
		username: 'giangvien',
		role: 'trainer',
		roleName: 'Giảng viên',
		unit: 'MH-STP',
		purpose: 'soạn khóa học, tải bài giảng'
	},
	{
		username: 'pheduyet',
		role: 'content_approver',
		roleName: 'Người duyệt nội dung',
		unit: 'MH-STP',
		purpose: 'duyệt khóa học KC02'
	},
	{
		username: 'canbo.suoingoc',
		role: 'unit_admin',
		roleName: 'Đầu mối xã Suối Ngọc',
		unit: 'MH-X01',
		purpose: 'ghi nhận lớp đã tổ chức'
	},
	{
		username: 'canbo.minhtam',
		role: 'unit_admin',
		roleName: 'Đầu mối phường Minh Tâm',
		unit: 'MH-P01',
		purpose: 'mở lớp trực tuyến, in phiếu kích hoạt'
	},
	{
		username: 'canbo.stp',
		role: 'unit_admin',
		roleName: 'Đầu mối Sở Tư pháp',
		unit: 'MH-STP',
		purpose: 'mở lớp trực tuyến'
	},
	{
		username: 'lanhdao.stp',
		role: 'unit_head',
		roleName: 'Lãnh đạo Sở Tư pháp',
		unit: 'MH-STP',
		purpose: 'xem, phê duyệt'
	},
	{
		username: 'quantri.tinh',
		role: 'province_admin',
		roleName: 'Quản trị tỉnh',
		unit: 'MH',
		purpose: 'chỉ tiêu, cơ quan, quyền hạn',
		isOperator: true
	},
	{
		username: 'theodoi',
		role: 'viewer',
		roleName: 'Người theo dõi',
		unit: 'MH',
		purpose: 'xem số liệu, không xem tên',
		isOperator: true
	},
	{
		username: 'kythuat',
		role: 'technical_admin',
		roleName: 'Quản trị kỹ thuật',
		unit: 'MH',
		purpose: 'vận hành, không xem dữ liệu cá nhân',
		isOperator: true
	}
];

/**
 * Fills an empty database with the province "Minh Họa" in one transaction; a database with any unit but an empty root is
 * left alone. Days are relative to the day of this first seeding, everything else is the same everywhere.
 */
export async function seedDemo(config: Config): Promise<void> {
	const services = await openServices({ workers: false, config });
	try {
		const ctx = services.systemContext('seed-demo');
		const [row] = await ctx.db.execute<{ filled: boolean }>(sql`select exists (select 1 from person) as filled`);
		if (row?.filled) return;
		const accounts = planAccounts();
		await ctx.db.transaction((tx) => seedProvince(within(ctx, tx), tx, accounts));
		await fs.writeFile(path.join(config.dataDir, PASSWORDS_FILE), JSON.stringify(accounts, null, '\t'), {
			mode: 0o600
		});
	} finally {
		await services.close();
	}
}

/** What a start prints: the accounts with their passwords, as they were made. */
export async function demoAccounts(dataDir: string = loadConfig().dataDir): Promise<readonly DemoAccount[]> {
	const file = path.join(dataDir, PASSWORDS_FILE);
	if (!existsSync(file)) return [];
	return JSON.parse(await fs.readFile(file, 'utf8')) as DemoAccount[];
}

async function seedProvince(ctx: Context, tx: Database, accounts: readonly DemoAccount[]): Promise<void> {
	await ensureTargets(tx);
	const organisation = await seedOrganisation(tx);
	const made = await seedAccounts(ctx, tx, organisation, accounts);
	const unitId = organisation.unitIds.get('MH-STP') ?? organisation.provinceId;
	const sample = await seedLectures(ctx, tx, unitId);
	const [trainerId = '', approverId = ''] = [made.accountIds.get('giangvien'), made.accountIds.get('pheduyet')];
	await seedQuestions(ctx, tx, { unitId, trainerId, approverId });
	const versions = await seedCourses(ctx, tx, sample, { unitId, trainerId, approverId });
	const learnerIds = made.personIds;
	const { openActivityId } = await seedTraining(ctx, tx, {
		organisation,
		versions,
		today: today(ctx),
		learnerIds,
		openClassUnit: 'MH-P01'
	});
	await seedQuizAttempt(ctx, { activityId: openActivityId, accountId: made.accountIds.get('canbo.minhtam') ?? '' });
	await seedScormAttempts(ctx, tx, { activityId: openActivityId, except: learnerIds });
	await seedCertificates(ctx, tx, { unitIds: organisation.unitIds, learnerIds });
	await seedForum(ctx, tx, {
		learnerId: made.accountIds.get('hocvien') ?? '',
		officerId: made.accountIds.get('canbo.suoingoc') ?? '',
		trainerId,
		courseVersionId: versions.kc01
	});
	await seedProgrammes(tx, { unitId: organisation.provinceId });
	await seedLibrary(tx, { unitId });
	await seedPrivacy(ctx, tx, learnerIds[0]);
	await seedSurveys(tx, { unitIds: organisation.unitIds, today: today(ctx) });
	await seedAnnouncements(ctx, tx, { departmentId: unitId, provinceId: organisation.provinceId });
	await seedReports(ctx, tx, organisation.unitIds);
	await tx
		.insert(siteSettings)
		.values({
			values: {
				owner: 'Ủy ban nhân dân tỉnh Minh Họa',
				name: 'Tập huấn trực tuyến phổ biến, giáo dục pháp luật',
				rapporteurList: 'on'
			}
		})
		.onConflictDoNothing();
	await tx.execute(sql`analyze`);
}

async function seedAccounts(
	ctx: Context,
	tx: Database,
	{ people, unitIds, provinceId }: DemoOrganisation,
	accounts: readonly DemoAccount[]
) {
	const accountIds = new Map<string, string>();
	const personIds: string[] = [];
	const taken = new Set<string>();
	for (const plan of PLANS) {
		const password = accounts.find(({ username }) => username === plan.username)?.password;
		const person = plan.isOperator
			? undefined
			: people.find(({ id, unitCode }) => unitCode === plan.unit && !taken.has(id));
		if (person) taken.add(person.id);
		const { accountId } = await createAccount(ctx, tx, {
			displayName: person?.fullName ?? plan.roleName,
			...(person && { personId: person.id }),
			username: plan.username,
			...(password && { password }),
			isDemo: true
		});
		accountIds.set(plan.username, accountId);
		if (person && plan.role === 'learner') personIds.push(person.id);
		if (plan.role !== 'learner') {
			await addGrant(ctx, tx, { accountId, role: plan.role, unitId: unitIds.get(plan.unit) ?? provinceId });
		}
	}
	return { accountIds, personIds };
}

function planAccounts(): DemoAccount[] {
	const isRandom = process.env.DEMO_PASSWORDS === 'random';
	return PLANS.map(({ username, roleName, purpose }) => ({
		role: roleName,
		username,
		password: isRandom ? randomBytes(9).toString('base64url') : KNOWN_PASSWORD,
		purpose
	}));
}

import { sql } from 'drizzle-orm';
import { within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { issueCertificates, lockCompletions } from './issue.ts';
import { ruleOf } from './policy.ts';
import { certifyCompletions } from './settle.ts';
import { certificateTemplates } from './tables.ts';

type Template = typeof certificateTemplates.$inferInsert;

const COMMON = {
	title: 'Giấy chứng nhận',
	place: 'Minh Họa',
	completionText: 'Đã hoàn thành lớp tập huấn',
	hasNationalHeading: true,
	hasSealPlace: true
};
const PROVINCE = 'Ủy ban nhân dân tỉnh Minh Họa';

/**
 * Templates of the province (approval asked for), Sở Tư pháp and one ward (at once); certificates of three classes of Sở
 * Tư pháp and of every class of the demo's learners; a few that wait for approval.
 */
export async function seedCertificates(
	ctx: Context,
	tx: Database,
	{ unitIds, learnerIds }: { unitIds: ReadonlyMap<string, string>; learnerIds: readonly string[] }
): Promise<void> {
	const template = (code: string, more: Omit<Template, 'unitId' | keyof typeof COMMON>): Template => ({
		...{ id: seedId(`certificate template ${code}`), unitId: unitIds.get(code) ?? '' },
		...COMMON,
		...more
	});
	await tx.insert(certificateTemplates).values([
		template('MH', {
			policy: 'after_approval',
			...{ governingBody: '', issuingBody: PROVINCE, numberSuffix: 'GCN-UBND' },
			...{ signerTitle: 'Chánh Văn phòng', signerName: 'Lê Minh Họa' }
		}),
		template('MH-STP', {
			policy: 'at_once',
			...{ governingBody: PROVINCE, issuingBody: 'Sở Tư pháp', numberSuffix: 'GCN-STP' },
			...{ signerTitle: 'Giám đốc', signerName: 'Trần Minh Họa' }
		}),
		template('MH-P01', {
			policy: 'at_once',
			...{ governingBody: PROVINCE, issuingBody: 'Ủy ban nhân dân phường Minh Tâm', numberSuffix: 'GCN' },
			...{ signerTitle: 'Chủ tịch', signerName: 'Phạm Minh Họa' }
		})
	]);
	const inside = within(ctx, tx);
	for (const { activityId, ids } of await completedClasses(tx, unitIds.get('MH-STP') ?? '', learnerIds)) {
		const rule = await ruleOf(tx, activityId);
		if (rule.template) await issueCertificates(inside, tx, rule.template, await lockCompletions(tx, ids));
	}
	await certifyCompletions(inside, await recentCompletions(tx, unitIds.get('MH-X01') ?? ''));
}

function completedClasses(tx: Database, unitId: string, learnerIds: readonly string[]) {
	return tx.execute<{ activityId: string; ids: string[] }>(sql`
		select a.id as "activityId", array_agg(pt.id order by pt.id) as ids
		from training_activity a join participation pt on pt.activity_id = a.id
		where pt.completed_on is not null and a.source = 'own' and a.kind in ('training', 'refresher') and (
			a.id in (select id from training_activity where organiser_unit_id = ${unitId} and status = 'ended'
				order by ended_on desc, id limit 3)
			or pt.person_id = any(${sql.param(learnerIds)}::uuid[]))
		group by a.id, a.ended_on order by a.ended_on, a.id`);
}

async function recentCompletions(tx: Database, unitId: string): Promise<string[]> {
	const rows = await tx.execute<{ id: string }>(sql`
		select pt.id from participation pt join training_activity a on a.id = pt.activity_id
		where pt.completed_on is not null and pt.unit_id_then = ${unitId} and not exists (
			select 1 from certificate c where c.participation_id = pt.id) order by pt.id limit 40`);
	return rows.map(({ id }) => id);
}

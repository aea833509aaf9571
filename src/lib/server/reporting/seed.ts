import type { ManualEntries } from '#lib/reporting/report-content.ts';
import { today, within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { lockPeriod } from './rounds.ts';
import { reportingPeriods, unitReports } from './tables.ts';
import { acceptReport, approveReport, submitReport } from './workflow.ts';

/** Two rounds of reports of the demo's year: what units typed into theirs, and how far they are. */
export async function seedReports(ctx: Context, tx: Database, unitIds: ReadonlyMap<string, string>): Promise<void> {
	const year = today(ctx).slice(0, 4);
	const [half, whole] = [seedId('reporting period half'), seedId('reporting period year')];
	await tx.insert(reportingPeriods).values([
		{
			...{ id: half, kind: 'first_half', name: `6 tháng đầu năm ${year}`, dueOn: `${year}-06-20` },
			...{ fromOn: `${year}-01-01`, toOn: `${year}-06-30`, cutOff: `${year}-06-15` }
		},
		{
			...{ id: whole, kind: 'year', name: `Năm ${year}`, dueOn: `${year}-12-20` },
			...{ fromOn: `${year}-01-01`, toOn: `${year}-12-31`, cutOff: `${year}-12-15` }
		}
	]);
	const of = (code: string, entries: ManualEntries) => {
		const unitId = unitIds.get(code);
		return unitId ? [{ periodId: whole, unitId, entries }] : [];
	};
	await tx.insert(unitReports).values([
		...of('MH-STP', {
			narrative: {
				direction: 'Sở Tư pháp đã ban hành kế hoạch tập huấn năm và hướng dẫn các đơn vị thực hiện.',
				shortcomings: 'Đường truyền tại một số xã miền núi còn yếu, người học phải xem lại bài nhiều lần.'
			},
			form: { place: '', signerTitle: 'Giám đốc', signerName: '', receivers: ['Ủy ban nhân dân tỉnh', 'Bộ Tư pháp'] }
		}),
		...of('MH-P01', {
			tables: {
				'10': [
					{
						values: { year, documents: 'Kế hoạch', count: 2, section: 'Chuyên mục PBGDPL', articles: 46 },
						source: 'Sổ văn bản của phường'
					}
				]
			},
			form: { place: '', signerTitle: 'Chủ tịch', signerName: '', receivers: ['Sở Tư pháp', 'Đảng ủy phường'] }
		})
	]);
	await seedProgress(within(ctx, tx), { half, whole }, unitIds);
}

/** The first half-year is locked, of the year's reports one is accepted, one sent and one with the head of its unit. */
async function seedProgress(
	ctx: Context,
	{ half, whole }: { half: string; whole: string },
	unitIds: ReadonlyMap<string, string>
): Promise<void> {
	const of = (periodId: string, code: string) => ({ periodId, unitId: unitIds.get(code) ?? '' });
	const accepted = [of(half, 'MH-STP'), of(half, 'MH-P01'), of(whole, 'MH-X02')];
	const approved = [...accepted, of(whole, 'MH-X03')];
	for (const key of [...approved, of(whole, 'MH-STP')]) await submitReport(ctx, key);
	for (const key of approved) await approveReport(ctx, key);
	for (const key of accepted) await acceptReport(ctx, key);
	await lockPeriod(ctx, half);
}

import { and, eq } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { seedId } from '../../platform/seed-values.ts';
import { bringList } from '../list-import/bring-list.ts';
import type { TrainingSeed } from '../seed.ts';
import { trainingActivities } from '../tables.ts';

/** A list pasted onto the department's coming class: two sure lines, a doubtful one, and people two units have to confirm. */
export async function seedLists(ctx: Context, { organisation }: TrainingSeed): Promise<void> {
	const organiserUnitId = organisation.unitIds.get('MH-STP') ?? '';
	const [planned] = await ctx.db
		.select({ id: trainingActivities.id })
		.from(trainingActivities)
		.where(and(eq(trainingActivities.organiserUnitId, organiserUnitId), eq(trainingActivities.status, 'planned')))
		.orderBy(trainingActivities.startsOn)
		.limit(1);
	const [first, second, third] = organisation.people.filter(({ unitCode }) => unitCode === 'MH-STP').slice(4);
	if (!planned || !first || !second || !third) return;
	const lines = [
		['Họ và tên', 'Năm sinh', 'Điện thoại', 'Đơn vị'],
		[first.fullName, '', first.phone, 'MH-STP'],
		[second.fullName, '', second.phone, 'MH-STP'],
		[third.fullName, '1958', '', 'MH-STP'],
		['Hoàng Thị Mỹ Duyên', '1991', '0912000123', 'MH-P01'],
		['Vàng A Sủng', '1988', '', 'MH-X01'],
		['Lò Thị Pành', '1995', '', 'MH-X01']
	];
	const text = lines.map((line) => line.join('\t')).join('\n');
	await bringList(ctx, { activityId: planned.id }, { importId: seedId('list'), text });
}

import { sql } from 'drizzle-orm';
import { answerDueOn } from '#lib/privacy/request.ts';
import { type Context, dayOf } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { dataRequests } from './tables.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Two requests of the demo's learner: one answered, one that waits. */
export async function seedPrivacy(ctx: Context, tx: Database, personId: string | undefined): Promise<void> {
	const [person] = await tx.execute<{ unitId: string }>(sql`select unit_id as "unitId" from affiliation
		where person_id = ${personId ?? null} and valid_to is null`);
	if (!personId || !person) return;
	const request = (name: string, hoursAgo: number) => {
		const receivedAt = new Date(ctx.now.getTime() - hoursAgo * HOUR_MS);
		return {
			id: seedId(`data request ${name}`),
			personId,
			unitId: person.unitId,
			receivedAt,
			dueOn: answerDueOn(dayOf(receivedAt))
		};
	};
	await tx.insert(dataRequests).values([
		{
			...request('phone', 200),
			kind: 'correct',
			text: 'Đề nghị sửa số điện thoại theo số đang sử dụng.',
			state: 'done',
			answer: 'Đã cập nhật số điện thoại theo đề nghị.',
			answeredAt: new Date(ctx.now.getTime() - 180 * HOUR_MS)
		},
		{ ...request('position', 2), kind: 'correct', text: 'Đề nghị cập nhật chức vụ: công chức Tư pháp - Hộ tịch.' }
	]);
}

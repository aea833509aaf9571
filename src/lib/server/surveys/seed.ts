import { createHash } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { dayPlus, seededRandom, seedId } from '../platform/seed-values.ts';
import { trainingActivities } from '../training/tables.ts';
import { classSurveys, publicRatings, surveyResponses } from './tables.ts';

const COMMENTS = [
	'Đề nghị tăng thời gian thực hành trên máy.',
	'Nội dung sát với công việc ở cơ sở.',
	'Tài liệu đầy đủ, dễ tra cứu.',
	'Mong có thêm tình huống của cấp xã.'
];

const LECTURERS = ['Nguyễn Minh Châu', 'Trần Quốc Bảo; Lê Thị Hồng Vân', 'Nguyễn Minh Châu; Phạm Đức Thịnh'];

/** Forms of the six classes that ended last, about six in ten returned; ratings of four units by citizens and businesses. */
export async function seedSurveys(
	tx: Database,
	{ unitIds, today }: { unitIds: ReadonlyMap<string, string>; today: string }
): Promise<void> {
	const random = seededRandom(815);
	const level = () => [5, 4, 4, 5, 4, 3, 5, 4, 4, 2][Math.floor(random() * 10)] ?? 4;
	const classes = await tx.execute<{ id: string }>(sql`select id from training_activity
		where ended_on is not null and source = 'own' and kind in ('training', 'refresher') order by ended_on desc, id limit 6`);
	const responses: (typeof surveyResponses.$inferInsert)[] = [];
	for (const [i, { id: activityId }] of classes.entries()) {
		await tx.insert(classSurveys).values({ activityId, code: `DEM${String(i + 1).padStart(3, '0')}` });
		await tx
			.update(trainingActivities)
			.set({ lecturers: LECTURERS[i % LECTURERS.length] })
			.where(and(eq(trainingActivities.id, activityId), isNull(trainingActivities.lecturers)));
		const given = await tx.execute<{ participation_id: string }>(sql`
			insert into survey_ticket (participation_id, activity_id, channel)
			select id, activity_id, 'online' from participation where activity_id = ${activityId} and voided_at is null
				and completed_on is not null order by id limit 40 returning participation_id`);
		for (let n = 0; n < Math.floor(given.length * 0.6); n++) {
			const comment = n % 9 === 0 ? (COMMENTS[(i + n) % COMMENTS.length] ?? null) : null;
			responses.push({
				id: seedId(`survey ${i} ${n}`),
				activityId,
				tokenHash: createHash('sha256').update(`demo ${i} ${n}`).digest(),
				...{ content: level(), lecturer: level(), material: level(), organisation: level(), overall: level() },
				comment
			});
		}
	}
	if (responses.length > 0) await tx.insert(surveyResponses).values(responses);
	const rated = ['MH-STP', 'MH-P01', 'MH-X01', 'MH'].flatMap((code) => unitIds.get(code) ?? []);
	await tx.insert(publicRatings).values(
		rated.flatMap((unitId, u) =>
			Array.from({ length: 24 }, (_, n) => ({
				id: seedId(`rating ${u} ${n}`),
				ratedOn: dayPlus(today, -(n * 3 + u)),
				audience: n % 4 === 0 ? ('business' as const) : ('citizen' as const),
				unitId,
				level: level(),
				sourceKey: createHash('sha256').update(`demo ${u} ${n}`).digest()
			}))
		)
	);
}

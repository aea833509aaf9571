import { instantOf } from '#lib/text/clock.ts';
import type { Database } from '../../platform/database.ts';
import { dayPlus, seedId } from '../../platform/seed-values.ts';
import {
	activityCoOrganisers,
	activitySessions,
	plannedActivities,
	planFulfilments,
	yearlyPlans
} from '../register-tables.ts';
import type { TrainingSeed } from '../seed.ts';
import type { trainingActivities } from '../tables.ts';

type Seeded = typeof trainingActivities.$inferInsert & { id: string; startsOn: string; dueOn: string };

/** Units of the demo that have a plan of the year. */
const PLANNING = ['MH-STP', 'MH-P01', 'MH-X01', 'MH-X05', 'MH-SKHCN'];

/** What the plan of each said and nobody held. */
const MISSED = [
	'Xử lý tin giả, bình luận',
	'PBGDPL cho nhóm yếu thế, dân tộc thiểu số',
	'Podcast, bản tin truyền thanh',
	'Thống kê, báo cáo số',
	'AI có trách nhiệm'
];

/** Sittings of classes with a teacher, co-organisers, and plans of the year, some lines of them overdue. */
export async function seedRegister(tx: Database, seed: TrainingSeed, activities: readonly Seeded[]): Promise<void> {
	const taught = activities.filter(({ mode, status }) => mode !== 'online_self_paced' && status !== 'cancelled');
	await tx.insert(activitySessions).values(taught.flatMap(sittingsOf));
	await tx
		.insert(activityCoOrganisers)
		.values(
			taught
				.filter((_, i) => i % 3 === 0)
				.map(({ id }) => ({ activityId: id, position: 0, name: 'Trường Chính trị tỉnh', unitId: null }))
		);
	for (const code of PLANNING) await seedPlan(tx, seed, code, activities);
}

function sittingsOf({ id, startsOn, teachingPeriods }: Seeded): (typeof activitySessions.$inferInsert)[] {
	const sitting = (half: string, from: string, to: string) => ({
		id: seedId(`session ${id} ${half}`),
		activityId: id,
		startsAt: instantOf(startsOn, from),
		endsAt: instantOf(startsOn, to),
		teachingPeriods: 4
	});
	const morning = sitting('morning', '08:00', '11:30');
	return teachingPeriods > 4 ? [morning, sitting('afternoon', '13:30', '17:00')] : [morning];
}

async function seedPlan(
	tx: Database,
	{ organisation, today }: TrainingSeed,
	code: string,
	activities: readonly Seeded[]
): Promise<void> {
	const unitId = organisation.unitIds.get(code) ?? organisation.provinceId;
	const year = Number(today.slice(0, 4));
	const planId = seedId(`plan ${code}`);
	const documentNo = `${12 + PLANNING.indexOf(code)}/KH-${code.replace('MH-', '')}`;
	await tx.insert(yearlyPlans).values({ id: planId, unitId, year, documentNo, documentDate: `${year}-01-15` });
	const isOfYear = (day: string) => day.startsWith(`${year}-`);
	const own = activities.filter(
		(one) => one.organiserUnitId === unitId && one.status !== 'cancelled' && isOfYear(one.startsOn)
	);
	const lines = own.slice(0, 8).map((one) => lineOf(planId, one, year));
	const late = {
		planId,
		kind: 'training' as const,
		mode: 'online_live' as const,
		topics: ['digital_skills'],
		classCount: 1
	};
	const missed = {
		...late,
		id: seedId(`plan line ${code} missed`),
		title: `Tập huấn trực tuyến: ${MISSED[PLANNING.indexOf(code)]}`,
		plannedFrom: clamp(dayPlus(today, -60), year),
		plannedTo: clamp(dayPlus(today, -30), year),
		plannedAttendees: 40
	};
	const coming = {
		...late,
		id: seedId(`plan line ${code} coming`),
		title: 'Tập huấn trực tuyến: Thuyết trình số',
		plannedFrom: clamp(dayPlus(today, 10), year),
		plannedTo: clamp(dayPlus(today, 30), year),
		plannedAttendees: 60
	};
	await tx.insert(plannedActivities).values([...lines, missed, coming]);
	if (lines.length === 0) return;
	await tx
		.insert(planFulfilments)
		.values(lines.map(({ id }, i) => ({ activityId: own[i]?.id ?? '', plannedActivityId: id })));
}

function lineOf(planId: string, activity: Seeded, year: number) {
	const { id, title, kind, mode, topics, startsOn, dueOn, teachingPeriods } = activity;
	return {
		...{ id: seedId(`plan line ${id}`), planId, title, kind, mode, topics, teachingPeriods, classCount: 1 },
		plannedFrom: clamp(dayPlus(startsOn, -7), year),
		plannedTo: clamp(dayPlus(dueOn, 14), year),
		plannedAttendees: 30
	};
}

/** A day moved into the plan's year. */
function clamp(day: string, year: number): string {
	if (day < `${year}-01-01`) return `${year}-01-01`;
	return day > `${year}-12-31` ? `${year}-12-31` : day;
}

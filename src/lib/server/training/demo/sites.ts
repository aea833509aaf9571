import { eq } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { dayPlus, seedId } from '../../platform/seed-values.ts';
import type { TrainingSeed } from '../seed.ts';
import { bridgeSites } from '../site-tables.ts';
import { participations, trainingActivities } from '../tables.ts';

/** Of the units invited this many have sent whom they nominate. */
const SENT = 7;

/** The department's coming live class with all communes invited; some of them have sent their lists. */
export async function seedSites(tx: Database, { organisation, today }: TrainingSeed): Promise<void> {
	const organiser = organisation.unitIds.get('MH-STP') ?? '';
	const planned = await tx.select().from(trainingActivities).where(eq(trainingActivities.organiserUnitId, organiser));
	const conference = planned.find(({ mode, status }) => mode === 'online_live' && status === 'planned');
	if (!conference) return;
	const communes = [...organisation.unitIds].filter(([code]) => /^MH-[PX]\d/.test(code));
	const sentAt = new Date(`${dayPlus(today, -1)}T09:30:00+07:00`);
	const sites = communes.map(([code, unitId], i) => ({
		id: seedId(`site ${code}`),
		...{ activityId: conference.id, unitId, origin: 'invited' as const, mode: 'online_live' as const },
		place: 'Hội trường UBND',
		expectedCount: 4 + (i % 4),
		nominatedAt: i < SENT ? sentAt : null,
		recordedAt: new Date(`${dayPlus(today, -3)}T08:00:00+07:00`)
	}));
	if (sites.length === 0) return;
	await tx.insert(bridgeSites).values(sites);
	const people = sites.slice(0, SENT).flatMap(({ id, unitId, expectedCount }) =>
		organisation.people
			.filter((person) => person.unitId === unitId)
			.slice(0, expectedCount)
			.map((person) => ({ personId: person.id, unitIdThen: unitId, bridgeSiteId: id }))
	);
	await tx.insert(participations).values(
		people.map((person) => ({
			id: seedId(`participation ${person.personId} ${conference.id}`),
			...{ ...person, activityId: conference.id, summonedOn: dayPlus(today, -1) }
		}))
	);
}

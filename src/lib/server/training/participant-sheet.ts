import { formatDay } from '#lib/i18n/format.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { getClass } from './access.ts';
import { listParticipants, type Participant } from './class-page.ts';

/** The people of a class for a file, in Vietnamese, without personal numbers or telephones; that it was taken is written down. */
export async function participantSheet(ctx: Context, activityId: string): Promise<Sheet> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const participants = await listParticipants(ctx.db, activityId);
	await recordAudit(ctx, ctx.db, 'class.participants_exported', {
		objectId: activityId,
		unitId: activity.organiserUnitId,
		rows: participants.length
	});
	const t = trainingMessages.vi;
	return {
		title: t.sheet.name,
		headings: t.sheet.columns,
		rows: participants.map((participant, i) => rowOf(participant, i + 1)),
		notes: [
			activity.title,
			`${t.organiser}: ${activity.organiserName}`,
			`${t.time}: ${t.fromTo(formatDay(activity.startsOn), formatDay(activity.endedOn ?? activity.dueOn))}`,
			`${t.document}: ${activity.documentNo ?? activity.approver ?? ''}`
		]
	};
}

function rowOf(participant: Participant, no: number): (string | number)[] {
	const { fullName, position, unitName, categories, summonedOn, attendedOn, completedOn, outcome } = participant;
	const day = (value: string | null) => (value ? formatDay(value) : '');
	const result = outcome ? trainingMessages.vi.outcomes[outcome] : '';
	const place = [fullName, position ?? '', unitName, categories.join('; ')];
	return [no, ...place, day(summonedOn), day(attendedOn), day(completedOn), result];
}

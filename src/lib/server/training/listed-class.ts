import { eq, sql } from 'drizzle-orm';
import type { RecordListedClassInput } from '#lib/training/input.ts';
import { authorise } from '../identity/permissions.ts';
import { addPerson } from '../organisation/people.ts';
import { DomainError, isDomainError } from '../platform/errors.ts';
import { within, type Context } from '../platform/context.ts';
import { attendanceListAsEvidence, readAttendanceList, type ListedRow } from './attendance-list.ts';
import { recordHeldClass } from './held-class.ts';
import { trainingActivities } from './tables.ts';

/**
 * Records a held class from an Excel list whose preview was confirmed: for every line the person chosen, a new person, or
 * nobody. The list becomes evidence.
 * @throws {DomainError} as recordHeldClass and readAttendanceList; `conflict` `training.list_choice_gone` for a person who
 * was not offered for that line
 */
export async function recordListedClass(ctx: Context, input: RecordListedClassInput): Promise<{ activityId: string }> {
	authorise(ctx.actor, 'training:manage');
	const { listId, choices, ...held } = input;
	const rows = await readAttendanceList(ctx, { listId, organiserUnitId: input.organiserUnitId });
	const stored = [await attendanceListAsEvidence(ctx, listId)];
	return ctx.db.transaction(async (tx) => {
		// A form sent twice at once must not add its new people twice.
		await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${held.activityId}, 0))`);
		const inTx = within(ctx, tx);
		const isRecorded = await tx.$count(trainingActivities, eq(trainingActivities.id, held.activityId));
		if (isRecorded) return { activityId: held.activityId };
		const present: string[] = [];
		const added: string[] = [];
		for (const row of rows) {
			const choice = choices.get(row.row) ?? 'skip';
			if (choice === 'skip') continue;
			const personId = choice === 'new' ? await addListed(inTx, row, held.heldOn) : chosen(row, choice);
			(choice === 'new' ? added : present).push(personId);
		}
		const everyone = [...present, ...added];
		// A list names who came; nobody on it is a walk-in, and nobody beside it was summoned.
		return recordHeldClass(inTx, { ...held, listed: everyone, present: everyone, walkIns: [], sheets: [], stored });
	});
}

function chosen(row: ListedRow, personId: string): string {
	if (row.candidates.some((candidate) => candidate.personId === personId)) return personId;
	throw new DomainError('conflict', 'training.list_choice_gone', { row: row.row });
}

async function addListed(ctx: Context, { row, person, unitId }: ListedRow, validFrom: string): Promise<string> {
	if (!person) throw new DomainError('conflict', 'training.list_choice_gone', { row });
	const { fullName, birth, personalNumber, phone, position } = person;
	try {
		const added = await addPerson(ctx, {
			...{ fullName, birth, personalNumber, phone, position, unitId, validFrom },
			isAnother: true
		});
		if ('personId' in added) return added.personId;
	} catch (error) {
		if (isDomainError(error)) throw new DomainError('conflict', 'training.list_row_refused', { row });
		throw error;
	}
	throw new DomainError('conflict', 'training.list_row_refused', { row });
}

import { notify } from '../notifications/notify.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { TrainingClass } from './access.ts';

/** What the message says of the class. */
type SummonedTo = Pick<TrainingClass, 'id' | 'title' | 'organiserName' | 'startsOn' | 'dueOn' | 'mode'>;

/** Tells people that they are on a class. An online class is opened from the message; of the others they learn when and by whom. */
export async function tellSummoned(
	ctx: Context,
	tx: Database,
	{ id, title, organiserName, startsOn, dueOn, mode }: SummonedTo,
	participants: readonly Readonly<{ id: string; personId: string }>[]
): Promise<void> {
	await notify(ctx, tx, {
		template: 'training.summoned',
		params: { className: title, organiser: organiserName, startsOn, dueOn },
		to: participants.map(({ id: participationId, personId }) => ({
			personId,
			...(mode === 'online_self_paced' && { path: `/learn/${participationId}` })
		})),
		key: `training.summoned ${id}`
	});
}

import { elsewhereMessages } from '#lib/i18n/elsewhere.ts';
import { formatDay, formatDays } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { trainingMessages } from '#lib/i18n/training.ts';
import { recordAudit } from '../../audit/record.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Sheet } from '../../platform/office/sheet-files.ts';
import { listUnitClaims } from './lists.ts';

/** All claims of training elsewhere in the actor's units for a file; that it was taken is written down. */
export async function claimSheet(ctx: Context, locale: Locale): Promise<Sheet> {
	const claims = await listUnitClaims(ctx);
	await recordAudit(ctx, ctx.db, 'people.exported', { list: 'elsewhere', rows: claims.length });
	const e = elsewhereMessages[locale];
	const { modes } = trainingMessages[locale];
	return {
		title: e.title,
		headings: [
			...[e.person, e.unit, e.className, e.host, e.topics, e.mode, e.time, e.periods],
			...[e.documentNo, e.state, e.reason]
		],
		rows: claims.map((claim) => [
			...[claim.fullName, claim.unitName, claim.title, claim.host, claim.topics.join('; '), modes[claim.mode]],
			...[formatDays(claim.startsOn, claim.endsOn), Number(claim.teachingPeriods), claim.documentNo ?? ''],
			...[e.states[claim.state], claim.refuseReason ?? '']
		]),
		notes: [e.lead, formatDay(today(ctx))]
	};
}

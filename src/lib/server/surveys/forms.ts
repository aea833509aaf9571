import { and, eq, sql } from 'drizzle-orm';
import type { SlipsInput } from '#lib/surveys/input.ts';
import { OPEN_DAYS } from '#lib/surveys/survey.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { ownPersonId } from '../learning/own-class.ts';
import { type Context, dayOf, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { lockClass } from '../training/access.ts';
import { listOwnParticipations } from '../training/queries.ts';
import { participations } from '../training/tables.ts';
import { classSurveys, surveyTickets } from './tables.ts';
import { newClassCode, newToken, slipToken } from './token.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type Held = Readonly<{ mode: string; status: string; endedOn: string | null }>;

/** Last day on which a class takes forms; null while it is still held. */
export function closesOn({ endedOn }: Pick<Held, 'endedOn'>): string | null {
	return endedOn && dayOf(new Date(Date.parse(`${endedOn}T12:00:00+07:00`) + OPEN_DAYS * DAY_MS));
}

/** True when the class takes forms on this day. */
export function takesForms(activity: Held, day: string): boolean {
	const last = closesOn(activity);
	return activity.status !== 'cancelled' && (last === null || day <= last);
}

/**
 * What a person sees of the form of a class taken part in. `state`: `open` to be drawn, `drawn` before, `not_yet` before
 * having completed or attended, `closed` too late.
 * @throws {DomainError} `not_found` for a class the actor takes no part in
 */
export async function getOwnForm(ctx: Context, activityId: string) {
	const own = await ownPart(ctx, activityId);
	const drawn = await ctx.db.$count(surveyTickets, eq(surveyTickets.participationId, own.participationId));
	const state = !takesForms(own, today(ctx))
		? ('closed' as const)
		: drawn > 0
			? ('drawn' as const)
			: mayRate(own)
				? ('open' as const)
				: ('not_yet' as const);
	return { title: own.title, organiserName: own.organiserName, closesOn: closesOn(own), state };
}

/**
 * Gives the actor the one form of a class: the list of those who have theirs grows by a name, the code goes to the browser
 * and is kept nowhere.
 * @returns the code
 * @throws {DomainError} `conflict` when it was drawn before, too early or too late
 */
export async function drawForm(ctx: Context, activityId: string): Promise<string> {
	const own = await ownPart(ctx, activityId);
	if (!takesForms(own, today(ctx))) throw new DomainError('conflict', 'surveys.closed');
	if (!mayRate(own)) throw new DomainError('conflict', 'surveys.not_yet');
	return ctx.db.transaction(async (tx) => {
		const code = await classCode(tx, activityId);
		const [drawn] = await tx
			.insert(surveyTickets)
			.values({ participationId: own.participationId, activityId, channel: 'online' })
			.onConflictDoNothing()
			.returning({ id: surveyTickets.participationId });
		if (!drawn) throw new DomainError('conflict', 'surveys.already_drawn');
		return newToken(ctx.config, code);
	});
}

/**
 * Makes paper slips for those of a class who have no form yet; which slip goes to whom is not known to anybody.
 * @returns how many were made
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` when nobody is left
 */
export async function makeSlips(ctx: Context, activityId: string, { whom }: SlipsInput): Promise<number> {
	const scope = authorise(ctx.actor, 'survey:manage');
	return ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		if (!takesForms(activity, today(ctx))) throw new DomainError('conflict', 'surveys.closed');
		await classCode(tx, activityId);
		const made = await tx.execute(sql`
			insert into ${surveyTickets} (participation_id, activity_id, channel)
			select p.id, p.activity_id, 'slip' from ${participations} p
			where p.activity_id = ${activityId} and p.voided_at is null
				and (${whom === 'listed'} or p.attended_on is not null or p.completed_on is not null)
			on conflict do nothing returning 1`);
		if (made.length === 0) throw new DomainError('conflict', 'surveys.nobody_left');
		await tx
			.update(classSurveys)
			.set({ slipCount: sql`${classSurveys.slipCount} + ${made.length}` })
			.where(eq(classSurveys.activityId, activityId));
		await recordAudit(ctx, tx, 'survey.slips_made', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			count: made.length
		});
		return made.length;
	});
}

/** Codes of the slips of a class, to print. The caller has authorised. */
export async function listSlipTokens({ db, config }: Context, activityId: string): Promise<string[]> {
	const [survey] = await db.select().from(classSurveys).where(eq(classSurveys.activityId, activityId));
	if (!survey) return [];
	return Array.from({ length: survey.slipCount }, (_, i) => slipToken(config, survey.code, i + 1));
}

async function ownPart(ctx: Context, activityId: string) {
	const own = await listOwnParticipations(ctx.db, ownPersonId(ctx.actor));
	const part = own.find((one) => one.activityId === activityId && one.source === 'own');
	if (!part) throw new DomainError('not_found', 'learning.no_class');
	return part;
}

/** Online classes are rated once completed or over; others once attendance is recorded. */
function mayRate(part: Held & { attendedOn: string | null; completedOn: string | null }): boolean {
	if (part.completedOn) return true;
	return part.attendedOn !== null && (part.mode !== 'online_self_paced' || part.endedOn !== null);
}

async function classCode(tx: Database, activityId: string): Promise<string> {
	await tx.insert(classSurveys).values({ activityId, code: newClassCode() }).onConflictDoNothing();
	const [survey] = await tx
		.select({ code: classSurveys.code })
		.from(classSurveys)
		.where(and(eq(classSurveys.activityId, activityId)));
	if (!survey) throw new DomainError('conflict', 'surveys.try_again'); // two classes drew the same code
	return survey.code;
}

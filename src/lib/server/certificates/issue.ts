import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { CertificateContent } from '#lib/certificates/content.ts';
import { fold } from '#lib/text/fold.ts';
import type { DeliveryMode } from '#lib/training/activity.ts';
import { recordAudit } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { ClassRule } from './policy.ts';
import { certificates } from './tables.ts';

/** Crockford's base 32: no I, L, O, U, so that what is printed can be typed. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 12;

/** What a certificate says of a person's part in a class. */
export type Completion = {
	participationId: string;
	personId: string;
	fullName: string;
	unitName: string;
	activityId: string;
	className: string;
	organiserUnitId: string;
	startsOn: string;
	endsOn: string;
	teachingPeriods: number;
	mode: DeliveryMode;
	completedOn: string;
	/** A certificate that waits for approval. */
	waitingId: string | null;
};

/**
 * Completions among these participations that have no issued certificate, locked until the transaction ends: two that
 * issue for one person at a time take turns. In the order asked for. A self-paced class ends for each learner on the day of
 * completion.
 */
export async function lockCompletions(tx: Database, participationIds: readonly string[]): Promise<Completion[]> {
	const rows = await tx.execute<Completion>(sql`
		select pt.id as "participationId", coalesce(p.canonical_id, p.id) as "personId", p.full_name as "fullName",
			(select v.name from unit_version v where v.unit_id = pt.unit_id_then order by v.valid_from desc limit 1) as "unitName",
			a.id as "activityId", a.title as "className", a.organiser_unit_id as "organiserUnitId",
			a.starts_on::text as "startsOn",
			(case when a.mode = 'online_self_paced' then pt.completed_on else coalesce(a.ended_on, a.due_on) end)::text as "endsOn",
			a.teaching_periods::float8 as "teachingPeriods", a.mode, pt.completed_on::text as "completedOn",
			(select c.id from certificate c where c.participation_id = pt.id and c.state = 'waiting') as "waitingId"
		from participation pt join person p on p.id = pt.person_id join training_activity a on a.id = pt.activity_id
		where pt.id = any(${sql.param(participationIds)}::uuid[]) and pt.completed_on is not null and pt.voided_at is null
		order by pt.id for no key update of pt`);
	// Asked for again now that nobody else can issue: the statement above saw the certificates of before it waited.
	const issued = await tx.execute<{ id: string }>(sql`
		select c.participation_id as id from certificate c
		where c.participation_id = any(${sql.param(participationIds)}::uuid[]) and c.state = 'issued'`);
	const has = new Set(issued.map(({ id }) => id));
	const placeOf = new Map(participationIds.map((id, i) => [id, i]));
	const place = ({ participationId }: Completion) => placeOf.get(participationId) ?? 0;
	return rows.filter(({ participationId }) => !has.has(participationId)).toSorted((a, b) => place(a) - place(b));
}

/**
 * Gives certificates of one class their numbers and tells the holders, in the caller's transaction. The completions are
 * locked ({@link lockCompletions}). Numbers follow their order.
 * @param replaces revoked certificate that a new one stands for, by participation
 * @returns the new certificates
 */
export async function issueCertificates(
	ctx: Context,
	tx: Database,
	{ unitId, design }: NonNullable<ClassRule['template']>,
	completions: readonly Completion[],
	replaces: ReadonlyMap<string, string> = new Map()
): Promise<string[]> {
	const [first] = completions;
	if (!first) return [];
	const issuedOn = today(ctx);
	const year = Number(issuedOn.slice(0, 4));
	const numbers = await takeNumbers(tx, unitId, year, completions.length);
	const rows = completions.map((one, i) => {
		const content = contentOf(one, design, numbers + i, issuedOn);
		return {
			participationId: one.participationId,
			state: 'issued' as const,
			...{ unitId, year, number: content.number, code: content.code, content, issuedOn },
			searchName: fold(one.fullName),
			issuedAt: ctx.now,
			issuedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
			replacesId: replaces.get(one.participationId) ?? null
		};
	});
	const waiting = completions.map(({ waitingId }) => waitingId).filter((id) => id !== null);
	if (waiting.length > 0) await tx.delete(certificates).where(sql`id = any(${sql.param(waiting)}::uuid[])`);
	const created = await tx
		.insert(certificates)
		.values(rows)
		.returning({ id: certificates.id, participationId: certificates.participationId });
	await tell(ctx, tx, completions, created);
	await recordAudit(ctx, tx, 'certificate.issued', {
		objectId: first.activityId,
		unitId: first.organiserUnitId,
		certificateIds: created.map(({ id }) => id),
		numbers: [numbers, numbers + completions.length - 1]
	});
	return created.map(({ id }) => id);
}

/** Takes that many numbers of a unit's book of a year. @returns the first */
async function takeNumbers(tx: Database, unitId: string, year: number, count: number): Promise<number> {
	const [row] = await tx.execute<{ last: number }>(sql`
		insert into certificate_number_book (unit_id, year, last_number) values (${unitId}, ${year}, ${count})
		on conflict (unit_id, year) do update
			set last_number = certificate_number_book.last_number + excluded.last_number
		returning last_number as last`);
	if (!row) throw new Error('the number book gave no number');
	return row.last - count + 1;
}

function contentOf(
	completion: Completion,
	design: CertificateContent['design'],
	number: number,
	issuedOn: string
): CertificateContent {
	const { fullName, unitName, className, startsOn, endsOn, teachingPeriods, mode } = completion;
	const code = Array.from(randomBytes(CODE_LENGTH), (byte) => LETTERS[byte % 32]).join('');
	return { design, fullName, unitName, className, startsOn, endsOn, teachingPeriods, mode, number, issuedOn, code };
}

async function tell(
	ctx: Context,
	tx: Database,
	completions: readonly Completion[],
	created: readonly { id: string; participationId: string }[]
): Promise<void> {
	const [first] = created;
	if (!first) return;
	const personOf = new Map(completions.map(({ participationId, personId }) => [participationId, personId]));
	await notify(ctx, tx, {
		template: 'certificate.issued',
		params: { className: completions[0]?.className ?? '' },
		to: created.map(({ id, participationId }) => ({
			personId: personOf.get(participationId) ?? '',
			path: `/my/certificates/${id}`
		})),
		key: `certificate.issued ${first.id}`
	});
}

/** Notes certificates that wait for approval; those that wait already stay. */
export async function putToWait(tx: Database, completions: readonly Completion[]): Promise<void> {
	const fresh = completions.filter(({ waitingId }) => waitingId === null);
	if (fresh.length === 0) return;
	await tx
		.insert(certificates)
		.values(fresh.map(({ participationId }) => ({ participationId, state: 'waiting' as const })))
		.onConflictDoNothing();
}

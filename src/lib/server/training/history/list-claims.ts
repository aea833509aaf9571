import { and, eq, sql } from 'drizzle-orm';
import { authorise, can } from '../../identity/permissions.ts';
import { inScope } from '../../organisation/scope.ts';
import { units } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import { historyClaims } from '../history-tables.ts';

/** Claims on one page. */
const SHOWN = 100;

/** True for a claim that its unit can still decide: the record stands alone, the line of a list waits. */
export const isOpenClaim = sql<boolean>`(${historyClaims.state} = 'waiting'
	and (${historyClaims.recordId} is null or exists (select 1 from person r
		where r.id = ${historyClaims.recordId} and r.canonical_id is null and r.voided_at is null))
	and (${historyClaims.candidateId} is null or exists (select 1 from roster_candidate c
		where c.id = ${historyClaims.candidateId} and c.state = 'waiting')))`;

/** One side of a claim, as two people of one name are told apart. */
type Side = Readonly<{ fullName: string; birthDate: string | null; birthYear: number | null; unitName: string }>;

type HistoryClaim = Readonly<{
	id: string;
	recordedAt: Date;
	claimant: Side;
	claimantId: string;
	/** The record claimed, or the line of a list, which has no id of a person. */
	record: Side;
	recordId: string | null;
	isPhoneSame: boolean;
	/** The actor's own claim: somebody else decides. */
	isOwn: boolean;
	/** Both belong to the actor's units, so that all they tell may be compared. */
	isComparable: boolean;
	/** Newest first. */
	classes: readonly Readonly<{ title: string; startsOn: string; isCompleted: boolean }>[];
}>;

/**
 * Claims that wait for the actor's units, oldest first. Of a claimant from elsewhere no more is told than name, birth and
 * unit.
 */
export async function listHistoryClaims(ctx: Context): Promise<HistoryClaim[]> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const own = ctx.actor.kind === 'account' ? (ctx.actor.personId ?? null) : null;
	const rows = await ctx.db.execute<HistoryClaim>(sql`
		with claims as (
			select ${historyClaims}.*, coalesce(p.canonical_id, p.id) as claimant_id
			from ${historyClaims} join ${units} on ${units.id} = ${historyClaims.unitId}
				join person p on p.id = ${historyClaims.personId}
			where ${isOpenClaim} and ${inScope(units.path, scope)}
			order by ${historyClaims.recordedAt}, ${historyClaims.id} limit ${SHOWN}
		)
		select h.id, h.recorded_at as "recordedAt", h.record_id as "recordId", h.claimant_id as "claimantId",
			coalesce(h.claimant_id = ${own}::uuid, false) as "isOwn",
			h.record_id is not null and ${inScope(sql`place.path`, scope)} as "isComparable",
			coalesce(me.phone = coalesce(r.phone, c.phone), false) as "isPhoneSame",
			jsonb_build_object('fullName', me.full_name, 'birthDate', me.birth_date, 'birthYear', me.birth_year,
				'unitName', ${unitName(sql`place.unit_id`)}) as claimant,
			jsonb_build_object('fullName', coalesce(r.full_name, c.full_name), 'birthDate', coalesce(r.birth_date, c.birth_date),
				'birthYear', coalesce(r.birth_year, c.birth_year), 'unitName', ${unitName(sql`h.unit_id`)}) as record,
			coalesce((select jsonb_agg(jsonb_build_object('title', a.title, 'startsOn', a.starts_on,
					'isCompleted', p.completed_on is not null) order by a.starts_on desc)
				from participation p join person mine on mine.id = p.person_id join training_activity a on a.id = p.activity_id
				where (mine.id = h.record_id or mine.canonical_id = h.record_id) and p.voided_at is null),
				(select jsonb_build_array(jsonb_build_object('title', a.title, 'startsOn', a.starts_on, 'isCompleted', false))
				from training_activity a where a.id = c.activity_id), '[]') as classes
		from claims h
			join person me on me.id = h.claimant_id
			left join person r on r.id = h.record_id
			left join roster_candidate c on c.id = h.candidate_id
			cross join lateral (select f.unit_id, u.path from affiliation f join unit u on u.id = f.unit_id
				where f.person_id = h.claimant_id order by f.valid_to is null desc, f.valid_from desc limit 1) place
		order by h.recorded_at, h.id`);
	return rows.map((row) => ({ ...row, recordedAt: new Date(row.recordedAt) }));
}

const unitName = (unitId: ReturnType<typeof sql>) =>
	sql`(select v.name from unit_version v where v.unit_id = ${unitId} order by v.valid_from desc limit 1)`;

/** How many claims wait for the actor's units; 0 for actors who may not decide. */
export async function countHistoryClaims(ctx: Context): Promise<number> {
	if (!can(ctx.actor, 'roster:manage')) return 0;
	const [row] = await ctx.db
		.select({ n: sql<number>`count(*)::int` })
		.from(historyClaims)
		.innerJoin(units, eq(units.id, historyClaims.unitId))
		.where(and(isOpenClaim, inScope(units.path, authorise(ctx.actor, 'roster:manage'))));
	return row?.n ?? 0;
}

import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { AffiliateInput, EndMembershipInput, LeaveUnitInput, MembershipInput } from '#lib/organisation/input.ts';
import { legalFieldReader } from '#lib/organisation/legal-fields.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { getPersonRow } from './people-queries.ts';
import { openNumberVault } from './personal-numbers.ts';
import { getUnit } from './queries.ts';
import { listLegalFields } from './reference-data.ts';
import { affiliations, categoryMemberships, people } from './tables.ts';

/**
 * A person counts in a unit from a day on; the affiliation before it ends on that day (transfer). Both units must be the
 * actor's: a unit neither takes people from another nor pushes them into it.
 * @throws {DomainError} `invalid` when the day is not after the beginning of the present affiliation
 */
export async function affiliate(ctx: Context, input: Loose<AffiliateInput>): Promise<void> {
	const scope = authorise(ctx.actor, 'roster:manage');
	await getPersonRow(ctx.db, scope, input.personId, today(ctx));
	await placeIn(ctx, input);
}

/**
 * Takes in a person whom no unit has at present. Knowing the personal number is the proof that it is this person.
 * @throws {DomainError} `not_found` when the number is another's or the person has a unit
 */
export async function takeIn(ctx: Context, input: Loose<AffiliateInput> & { personalNumber: string }): Promise<void> {
	authorise(ctx.actor, 'roster:manage');
	const hmac = openNumberVault(ctx.config).hmac(input.personalNumber);
	const [person] = await ctx.db
		.select({ id: people.id })
		.from(people)
		.where(and(eq(people.id, input.personId), eq(people.personalNumberHmac, hmac), isNull(people.voidedAt)));
	const open = await ctx.db.$count(
		affiliations,
		and(eq(affiliations.personId, input.personId), stillHolds(affiliations.validTo, today(ctx)))
	);
	if (!person || open > 0) throw new DomainError('not_found', 'organisation.person_not_found');
	await placeIn(ctx, input);
}

/** A person leaves the unit; the roster keeps them, without a unit, until another takes them in. */
export async function leaveUnit(ctx: Context, { personId, from, reason }: LeaveUnitInput): Promise<void> {
	const person = await getPersonRow(ctx.db, authorise(ctx.actor, 'roster:manage'), personId, today(ctx));
	await ctx.db.transaction(async (tx) => {
		const ended = await endOpenAffiliation(tx, personId, from, reason);
		if (!ended) throw new DomainError('conflict', 'organisation.no_unit');
		await recordAudit(ctx, tx, 'person.left_unit', {
			objectId: personId,
			unitId: person.unitId ?? undefined,
			from,
			reason
		});
	});
}

/**
 * Puts a person in a category from a day on.
 * @throws {DomainError} `conflict` `organisation.membership_overlaps` when that time is covered already
 */
export async function addMembership(ctx: Context, input: LooseMembership): Promise<{ membershipId: string }> {
	const person = await getPersonRow(ctx.db, authorise(ctx.actor, 'roster:manage'), input.personId, today(ctx));
	return ctx.db.transaction(async (tx) => {
		try {
			const { legalFields = [], ...values } = input;
			const [row] = await tx
				.insert(categoryMemberships)
				.values({ ...values, legalFields: legalFieldReader(await listLegalFields(tx))(legalFields) })
				.returning({ id: categoryMemberships.id });
			if (!row) throw new Error('membership was not inserted');
			await recordAudit(ctx, tx, 'membership.added', {
				objectId: person.id,
				unitId: person.unitId ?? undefined,
				category: input.categoryCode,
				from: input.validFrom
			});
			return { membershipId: row.id };
		} catch (error) {
			if (sqlState(error) === '23P01') throw new DomainError('conflict', 'organisation.membership_overlaps');
			if (sqlState(error) === '23503') throw new DomainError('invalid', 'form.choice');
			throw error;
		}
	});
}

/** Ends a membership on a day, with the reason (Thông tư 10/2016/TT-BTP Điều 6). */
export async function endMembership(ctx: Context, input: EndMembershipInput): Promise<void> {
	const person = await getPersonRow(ctx.db, authorise(ctx.actor, 'roster:manage'), input.personId, today(ctx));
	await ctx.db.transaction(async (tx) => {
		const [membership] = await tx
			.select()
			.from(categoryMemberships)
			.where(and(eq(categoryMemberships.id, input.membershipId), eq(categoryMemberships.personId, input.personId)))
			.for('update');
		if (!membership || membership.validTo) throw new DomainError('conflict', 'organisation.membership_ended');
		if (input.from <= membership.validFrom) throw new DomainError('invalid', 'form.date_order');
		await tx
			.update(categoryMemberships)
			.set({ validTo: input.from, endReason: input.reason })
			.where(eq(categoryMemberships.id, membership.id));
		await recordAudit(ctx, tx, 'membership.ended', {
			objectId: person.id,
			unitId: person.unitId ?? undefined,
			category: membership.categoryCode,
			from: input.from,
			reason: input.reason
		});
	});
}

type Loose<T extends { position?: string | undefined }> = Omit<T, 'position'> & { position?: string };
type LooseMembership = Pick<MembershipInput, 'personId' | 'categoryCode' | 'validFrom'> & Partial<MembershipInput>;

async function placeIn(ctx: Context, { personId, unitId, position, validFrom }: Loose<AffiliateInput>): Promise<void> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'roster:manage'), unitId);
	if (unit.closedOn) throw new DomainError('conflict', 'organisation.unit_closed');
	if (unit.givesAggregates) throw new DomainError('conflict', 'organisation.gives_aggregates');
	await ctx.db.transaction(async (tx) => {
		const before = await endOpenAffiliation(tx, personId, validFrom, 'transferred');
		if (before?.unitId === unitId) throw new DomainError('conflict', 'organisation.same_unit');
		try {
			await tx.insert(affiliations).values({ personId, unitId, position: position ?? null, validFrom });
		} catch (error) {
			if (sqlState(error) === '23P01') throw new DomainError('conflict', 'organisation.affiliation_overlaps');
			throw error;
		}
		const action = before ? 'person.transferred' : 'person.affiliated';
		await recordAudit(ctx, tx, action, { objectId: personId, unitId, fromUnitId: before?.unitId ?? null, validFrom });
	});
}

async function endOpenAffiliation(tx: Database, personId: string, day: string, reason: string) {
	const [open] = await tx
		.select()
		.from(affiliations)
		.where(and(eq(affiliations.personId, personId), isNull(affiliations.validTo)))
		.for('update');
	if (!open) return undefined;
	if (day <= open.validFrom) throw new DomainError('invalid', 'organisation.before_last_change');
	await tx.update(affiliations).set({ validTo: day, endReason: reason }).where(eq(affiliations.id, open.id));
	return open;
}

function stillHolds(validTo: typeof affiliations.validTo, day: string) {
	return or(isNull(validTo), gt(validTo, day));
}

import { and, eq } from 'drizzle-orm';
import type { AddPersonInput, UpdatePersonInput } from '#lib/organisation/input.ts';
import { legalFieldReader } from '#lib/organisation/legal-fields.ts';
import { givenNameOf, nameKey } from '#lib/text/names.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { findDuplicates, type Duplicate } from './duplicates.ts';
import { getPersonRow } from './people-queries.ts';
import { openNumberVault } from './personal-numbers.ts';
import { getUnit } from './queries.ts';
import { listLegalFields } from './reference-data.ts';
import { affiliations, categoryMemberships, people } from './tables.ts';

/** A person was added, or people who look alike were found first and nothing was written. */
export type AddPersonResult = Readonly<{ personId: string }> | Readonly<{ duplicates: readonly Duplicate[] }>;

/** What a caller may leave out: seeds and tests know less than the form asks. */
type Loose<T, K extends keyof T> = Pick<T, K> & Partial<Omit<T, K>>;
export type NewPerson = Loose<AddPersonInput, 'fullName' | 'unitId' | 'validFrom'>;

/**
 * Adds a person to a unit's roster. Asks back (`duplicates`) when someone of the actor's units looks the same, unless
 * `isAnother` says that it was considered.
 * @throws {DomainError} `not_found` for a unit outside the actor's; `conflict` `organisation.person_in_other_unit` when
 * the personal number belongs to someone the actor may not see, `organisation.gives_aggregates` for units without names
 */
export async function addPerson(ctx: Context, input: NewPerson): Promise<AddPersonResult> {
	const scope = authorise(ctx.actor, 'roster:manage');
	const unit = await getUnit(ctx.db, scope, input.unitId);
	if (unit.closedOn && unit.closedOn <= input.validFrom) throw new DomainError('conflict', 'organisation.unit_closed');
	if (unit.givesAggregates) throw new DomainError('conflict', 'organisation.gives_aggregates');
	const found = await findDuplicates(ctx, scope, input);
	if (found.some((one) => one.reason === 'personal_number' || !input.isAnother)) return { duplicates: found };
	return ctx.db.transaction(async (tx) => {
		const [person] = await insertPerson(tx, {
			...personValues(input),
			...sealed(ctx, input.personalNumber)
		});
		if (!person) throw new Error('person was not inserted');
		const { unitId, position, validFrom } = input;
		await tx.insert(affiliations).values({ personId: person.id, unitId, position, validFrom });
		await insertMemberships(tx, person.id, input);
		await recordAudit(ctx, tx, 'person.added', { objectId: person.id, unitId, categories: input.categories ?? [] });
		return { personId: person.id };
	});
}

/**
 * Changes a person's details.
 * @throws {DomainError} `conflict` `organisation.changed_meanwhile` when the record is no longer the one the form showed
 */
export async function updatePerson(ctx: Context, input: UpdatePersonInput): Promise<void> {
	const person = await getPersonRow(ctx.db, authorise(ctx.actor, 'roster:manage'), input.personId, today(ctx));
	await ctx.db.transaction(async (tx) => {
		const changed = await guardNumber(() =>
			tx
				.update(people)
				.set({ ...personValues(input), ...sealed(ctx, input.personalNumber), version: input.version + 1 })
				.where(and(eq(people.id, input.personId), eq(people.version, input.version)))
				.returning({ id: people.id })
		);
		if (changed.length === 0) throw new DomainError('conflict', 'organisation.changed_meanwhile');
		if (person.affiliationId) {
			await tx
				.update(affiliations)
				.set({ position: input.position ?? null })
				.where(eq(affiliations.id, person.affiliationId));
		}
		await recordAudit(ctx, tx, 'person.changed', {
			objectId: input.personId,
			unitId: person.unitId ?? undefined,
			fields: changedFields(person, input)
		});
	});
}

/**
 * The whole personal number of one person; the look is an audit event.
 * @returns undefined when none is stored
 */
export async function readPersonalNumberOf(ctx: Context, personId: string): Promise<string | undefined> {
	const scope = authorise(ctx.actor, 'personal_number:read');
	const person = await getPersonRow(ctx.db, scope, personId, today(ctx));
	if (!person.personalNumberEncrypted) return undefined;
	await recordAudit(ctx, ctx.db, 'person.personal_number_read', {
		objectId: personId,
		unitId: person.unitId ?? undefined
	});
	return openNumberVault(ctx.config).open(person.personalNumberEncrypted);
}

function personValues(input: Loose<UpdatePersonInput, 'fullName'> | NewPerson) {
	return {
		fullName: input.fullName,
		givenName: input.givenName ?? givenNameOf(input.fullName),
		searchName: nameKey(input.fullName),
		birthDate: input.birth?.birthDate ?? null,
		birthYear: input.birth?.birthYear ?? null,
		gender: input.gender ?? null,
		phone: input.phone ?? null,
		email: input.email ?? null,
		qualification: input.qualification ?? null,
		qualificationNote: input.qualificationNote ?? null,
		experienceYears: input.experienceYears ?? null
	};
}

function sealed(ctx: Context, digits: string | undefined) {
	if (!digits) return {};
	const { encrypted, hmac } = openNumberVault(ctx.config).seal(digits);
	return { personalNumberEncrypted: encrypted, personalNumberHmac: hmac };
}

function insertPerson(tx: Database, values: typeof people.$inferInsert) {
	return guardNumber(() => tx.insert(people).values(values).returning({ id: people.id }));
}

/** The unique index on the keyed hash is what decides; two forms at once may both have found nobody. */
async function guardNumber<T>(write: () => PromiseLike<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		if (sqlState(error) === '23505') throw new DomainError('conflict', 'organisation.person_in_other_unit');
		throw error;
	}
}

async function insertMemberships(tx: Database, personId: string, input: NewPerson): Promise<void> {
	const codes = [...new Set(input.categories ?? [])];
	if (codes.length === 0) return;
	const { level, decisionNo, decisionDate, legalFields = [], validFrom } = input;
	const fields = legalFieldReader(await listLegalFields(tx))(legalFields);
	const rows = codes.map((categoryCode) => ({
		personId,
		categoryCode,
		level,
		decisionNo,
		decisionDate,
		legalFields: fields,
		validFrom
	}));
	try {
		await tx.insert(categoryMemberships).values(rows);
	} catch (error) {
		if (sqlState(error) === '23503') throw new DomainError('invalid', 'form.choice');
		throw error;
	}
}

/** Names of the fields that differ, for the audit log, which holds no personal data itself. */
function changedFields(person: typeof people.$inferSelect, input: UpdatePersonInput): string[] {
	const after: Record<string, unknown> = personValues(input);
	const before: Record<string, unknown> = person;
	const fields = Object.keys(after).filter((key) => key !== 'searchName' && after[key] !== before[key]);
	return input.personalNumber ? [...fields, 'personalNumber'] : fields;
}

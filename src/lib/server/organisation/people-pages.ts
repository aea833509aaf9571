import { maskPersonalNumber, readPersonalNumber } from '#lib/text/personal-number.ts';
import { authorise, can } from '../identity/permissions.ts';
import { type Context, today } from '../platform/context.ts';
import {
	canonicalId,
	getPersonRow,
	listAffiliations,
	listMemberships,
	listRoster,
	PAGE_SIZE,
	type RosterFilter
} from './people-queries.ts';
import { openNumberVault } from './personal-numbers.ts';
import { getUnit, listUnits } from './queries.ts';
import { listCategories } from './reference-data.ts';
import { listUnitChoices } from './unit-pages.ts';

/** What the address of the roster's list may ask for. */
export type PeopleFilter = Omit<RosterFilter, 'unitPath' | 'personalNumberHmac'> & { unitId?: string };

/** Those of the actor's roster whom the filter leaves, one page or all. */
export async function findPeople(ctx: Context, { unitId, ...filter }: PeopleFilter) {
	const scope = authorise(ctx.actor, 'roster:read');
	const number = filter.text ? readPersonalNumber(filter.text)?.digits : undefined;
	const unitPath = unitId ? (await getUnit(ctx.db, scope, unitId)).path : undefined;
	const personalNumberHmac =
		number && can(ctx.actor, 'personal_number:read') ? openNumberVault(ctx.config).hmac(number) : undefined;
	return listRoster(ctx.db, scope, { ...filter, unitPath, personalNumberHmac }, today(ctx));
}

/** One page of the actor's roster with what its filters offer. */
export async function listPeople(ctx: Context, filter: PeopleFilter) {
	const list = await findPeople(ctx, filter);
	return {
		...list,
		pageCount: Math.max(1, Math.ceil(list.total / PAGE_SIZE)),
		units: await listUnitChoices(ctx, 'roster:read'),
		categories: await listCategories(ctx.db, today(ctx)),
		mayManage: can(ctx.actor, 'roster:manage')
	};
}

/** A person's page; that of the kept row for one that was merged. The personal number leaves the server masked. */
export async function getPersonPage(ctx: Context, personId: string) {
	const scope = authorise(ctx.actor, 'roster:read');
	const day = today(ctx);
	const row = await getPersonRow(ctx.db, scope, await canonicalId(ctx.db, personId), day);
	const { personalNumberEncrypted, personalNumberHmac: _, searchName: __, ...person } = row;
	const digits = personalNumberEncrypted ? openNumberVault(ctx.config).open(personalNumberEncrypted) : undefined;
	const readable = new Set((await listUnits(ctx.db, scope, { day })).map(({ id }) => id));
	const past = await listAffiliations(ctx.db, row.id);
	return {
		person,
		personalNumber: digits ? maskPersonalNumber(digits) : undefined,
		affiliations: past.map((one) => ({ ...one, isReadable: readable.has(one.unitId) })),
		memberships: await listMemberships(ctx.db, row.id),
		mayManage: can(ctx.actor, 'roster:manage'),
		mayReadNumber: can(ctx.actor, 'personal_number:read')
	};
}

/** What a form about a person offers to choose from. */
export async function listPersonChoices(ctx: Context) {
	const units = await listUnitChoices(ctx, 'roster:manage');
	const categories = await listCategories(ctx.db, today(ctx));
	return { units: units.filter(({ givesAggregates }) => !givesAggregates), categories };
}

import type { ReorganisationKind } from '#lib/organisation/reorganisation.ts';
import { authorise } from '../../identity/permissions.ts';
import { type Context, today } from '../../platform/context.ts';
import { getUnit, listUnits, rosterAsOf } from '../queries.ts';
import { findUnits, listUnitChoices } from '../unit-pages.ts';

/** Units shown of a search. */
const FOUND = 20;

/** What the form of a reorganisation offers: the units chosen so far, those that a text finds, and whom they have. */
export async function getReorganisationChoices(
	ctx: Context,
	{ kind, unitIds, text }: { kind: ReorganisationKind; unitIds: readonly string[]; text: string }
) {
	const scope = authorise(ctx.actor, 'unit:manage');
	const day = today(ctx);
	const chosen = await Promise.all(unitIds.map((id) => getUnit(ctx.db, scope, id)));
	const found = text ? await findUnits(ctx, text) : [];
	const isOffered = ({ id, type }: (typeof found)[number]) => type !== 'province' && !unitIds.includes(id);
	const offered = found.filter(isOffered);
	const [source] = chosen;
	return {
		day,
		chosen: chosen.map(({ id, code, name, shortName, type, parentId }) => ({
			id,
			code,
			name,
			shortName,
			type,
			parentId
		})),
		found: offered.slice(0, FOUND).map(({ id, code, name, parentName }) => ({ id, code, name, parentName })),
		moreFound: Math.max(0, offered.length - FOUND),
		rootId: (await listUnits(ctx.db, scope, { day }))[0]?.id ?? '',
		units: (await listUnitChoices(ctx, 'unit:manage')).map(({ value, label }) => ({ value, label })),
		people: kind === 'split' && source ? await listPeople(ctx, source.id, day) : []
	};
}

async function listPeople(ctx: Context, unitId: string, day: string) {
	const members = await rosterAsOf(ctx.db, { unitId, day });
	return members.map(({ personId, fullName, position }) => ({ personId, fullName, position }));
}

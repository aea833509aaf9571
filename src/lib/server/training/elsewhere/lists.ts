import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import { authorise, can } from '../../identity/permissions.ts';
import { inScope } from '../../organisation/scope.ts';
import { people, units } from '../../organisation/tables.ts';
import { today, type Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { externalClaims } from '../elsewhere-tables.ts';
import { listTopics } from '../reference-data.ts';
import { ownPerson } from './claim.ts';

/** Claims that one page shows. */
const SHOWN = 100;

const columns = {
	...{ id: externalClaims.id, title: externalClaims.title, host: externalClaims.host, kind: externalClaims.kind },
	...{ mode: externalClaims.mode, startsOn: externalClaims.startsOn, endsOn: externalClaims.endsOn },
	...{ teachingPeriods: externalClaims.teachingPeriods, documentNo: externalClaims.documentNo },
	...{ documentDate: externalClaims.documentDate, evidenceName: externalClaims.evidenceName },
	...{ state: externalClaims.state, refuseReason: externalClaims.refuseReason, recordedAt: externalClaims.recordedAt },
	topics: sql<
		string[]
	>`array(select name_vi from training_topic t where t.code = any(${externalClaims.topics}) order by t.position)`
};

/** The own claims, newest first, with what a new one may choose. */
export async function getOwnClaims(ctx: Context) {
	const personId = ownPerson(ctx);
	const [claims, topics] = await Promise.all([
		ctx.db
			.select(columns)
			.from(externalClaims)
			.innerJoin(people, eq(people.id, externalClaims.personId))
			.where(or(eq(people.id, personId), eq(people.canonicalId, personId)))
			.orderBy(desc(externalClaims.recordedAt)),
		listClaimTopics(ctx)
	]);
	return { claims, topics };
}

/** Topics a claim may name. */
export async function listClaimTopics(ctx: Context) {
	return (await listTopics(ctx.db, today(ctx))).map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn }));
}

/** Claims of the actor's units: those that wait first, oldest first, then the latest decided ones. */
export async function getUnitClaims(ctx: Context) {
	const claims = await unitClaims(ctx).limit(SHOWN);
	const { actor } = ctx;
	const isOwn = (personId: string, claimedBy: string | null) =>
		actor.kind === 'account' && (actor.personId === personId || actor.accountId === claimedBy);
	return claims.map(({ personId, claimedBy, ...claim }) => ({ ...claim, isOwn: isOwn(personId, claimedBy) }));
}

/** All claims of the actor's units, in the same order. */
export const listUnitClaims = async (ctx: Context) => unitClaims(ctx);

function unitClaims(ctx: Context) {
	return ctx.db
		.select({
			...columns,
			...{ fullName: people.fullName, personId: externalClaims.personId, claimedBy: externalClaims.claimedBy },
			unitName: sql<string>`(select v.name from unit_version v where v.unit_id = ${externalClaims.unitId}
				order by v.valid_from desc limit 1)`
		})
		.from(externalClaims)
		.innerJoin(people, eq(people.id, externalClaims.personId))
		.innerJoin(units, eq(units.id, externalClaims.unitId))
		.where(ofUnits(ctx))
		.orderBy(
			sql`${externalClaims.state} <> 'waiting'`,
			sql`case when ${externalClaims.state} = 'waiting' then ${externalClaims.recordedAt} end`,
			desc(externalClaims.decidedAt),
			asc(externalClaims.id)
		)
		.$dynamic();
}

/**
 * An address that shows a claim's paper for a few minutes, to its person and to those who decide.
 * @throws {DomainError} `not_found`
 */
export async function claimFileUrl(ctx: Context, claimId: string, as: 'person' | 'unit'): Promise<string> {
	const allowed = as === 'unit' ? ofUnits(ctx) : eq(externalClaims.personId, ownPerson(ctx));
	const [file] = await ctx.db
		.select({ key: externalClaims.evidenceKey, contentType: externalClaims.evidenceContentType })
		.from(externalClaims)
		.innerJoin(units, eq(units.id, externalClaims.unitId))
		.where(and(eq(externalClaims.id, claimId), allowed));
	if (!file) throw new DomainError('not_found', 'training.no_claim');
	return ctx.storage.signedUrl(file.key, { expiresInS: 300, contentType: file.contentType });
}

/** Claims the actor may decide. @throws {DomainError} `forbidden` without a role that decides */
function ofUnits({ actor }: Context): SQL | undefined {
	const permission = can(actor, 'training:manage') ? 'training:manage' : 'training:approve';
	return inScope(units.path, authorise(actor, permission));
}

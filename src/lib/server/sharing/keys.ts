import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, gte, isNull, sql } from 'drizzle-orm';
import type { ApiKeyInput, ApiScope } from '#lib/sharing/scopes.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf, type Actor } from '../identity/actor.ts';
import { authorise, can } from '../identity/permissions.ts';
import { getUnit, listUnits } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { apiKeys } from './tables.ts';

/** Requests that one key may make in a minute. */
export const RATE_PER_MINUTE = 120;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

/**
 * Makes a key of the read API.
 * @returns the secret, which is shown once and not kept
 * @throws {DomainError} `forbidden`; `not_found` for a unit outside the actor's; `invalid` `sharing.expired_day`
 */
export async function createApiKey(ctx: Context, input: ApiKeyInput): Promise<{ secret: string }> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'sharing:manage'), input.unitId);
	if (input.expiresOn < today(ctx)) throw new DomainError('invalid', 'sharing.expired_day');
	const opensNumbers = input.scopes.includes('people.personal_number');
	if (opensNumbers && !can(ctx.actor, 'personal_number:read'))
		throw new DomainError('forbidden', 'identity.not_permitted');
	const secret = `bg_${randomBytes(32).toString('base64url')}`;
	await ctx.db.transaction(async (tx) => {
		const { name, scopes, expiresOn } = input;
		const [added] = await tx
			.insert(apiKeys)
			.values({ name, scopes, expiresOn, unitId: unit.id, hash: hashOf(secret), createdBy: accountIdOf(ctx.actor) })
			.returning({ id: apiKeys.id });
		await recordAudit(ctx, tx, 'api_key.created', { objectId: added!.id, unitId: unit.id, scopes, expiresOn });
	});
	return { secret };
}

/** Keys of the actor's units, the newest first, with the units a new one may be for. */
export async function listApiKeys(ctx: Context) {
	const scope = authorise(ctx.actor, 'sharing:manage');
	const keys = await ctx.db
		.select({
			...{ id: apiKeys.id, name: apiKeys.name, scopes: apiKeys.scopes, expiresOn: apiKeys.expiresOn },
			...{ revokedAt: apiKeys.revokedAt, lastUsedOn: apiKeys.lastUsedOn },
			unitName: sql<string>`(select ${unitVersions.name} from ${unitVersions} where ${unitVersions.unitId} = ${apiKeys.unitId}
				order by ${unitVersions.validFrom} desc limit 1)`
		})
		.from(apiKeys)
		.innerJoin(units, eq(units.id, apiKeys.unitId))
		.where(inScope(units.path, scope))
		.orderBy(desc(apiKeys.recordedAt));
	const day = today(ctx);
	const choices = await listUnits(ctx.db, scope, { day });
	return {
		keys: keys.map((key) => ({ ...key, isUsable: key.revokedAt === null && key.expiresOn >= day })),
		units: choices.map(({ id, name, depth }) => ({ id, name, depth }))
	};
}

/** A key opens nothing from now on. @throws {DomainError} `not_found` outside the actor's units */
export async function revokeApiKey(ctx: Context, keyId: string): Promise<void> {
	const scope = authorise(ctx.actor, 'sharing:manage');
	await ctx.db.transaction(async (tx) => {
		const [found] = await tx
			.select({ unitId: apiKeys.unitId })
			.from(apiKeys)
			.innerJoin(units, eq(units.id, apiKeys.unitId))
			.where(and(eq(apiKeys.id, keyId), inScope(units.path, scope)));
		if (!found) throw new DomainError('not_found', 'sharing.no_key');
		await tx
			.update(apiKeys)
			.set({ revokedAt: ctx.now })
			.where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)));
		await recordAudit(ctx, tx, 'api_key.revoked', { objectId: keyId, unitId: found.unitId });
	});
}

/** Who asks with a key: reads figures of its unit and below, and what its scopes say. */
export type KeyHolder = Readonly<{ keyId: string; actor: Actor; unitPath: string; unitId: string; remaining: number }>;

/**
 * Looks a key up, counts the request, and says whether it may read this.
 * @throws {DomainError} `unauthenticated` `sharing.bad_key`; `forbidden` `sharing.out_of_scope`; `too_many` `sharing.too_many`
 */
export async function openWithKey(ctx: Context, secret: string | undefined, scope: ApiScope): Promise<KeyHolder> {
	if (!secret) throw new DomainError('unauthenticated', 'sharing.bad_key');
	const minute = new Date(Math.floor(ctx.now.getTime() / 60_000) * 60_000);
	const [key] = await ctx.db
		.update(apiKeys)
		.set({
			lastUsedOn: today(ctx),
			windowAt: minute,
			windowCount: sql`case when ${apiKeys.windowAt} = ${minute.toISOString()}::timestamptz then ${apiKeys.windowCount} + 1 else 1 end`
		})
		.where(and(eq(apiKeys.hash, hashOf(secret)), isNull(apiKeys.revokedAt), gte(apiKeys.expiresOn, today(ctx))))
		.returning();
	if (!key) throw new DomainError('unauthenticated', 'sharing.bad_key');
	if (key.windowCount > RATE_PER_MINUTE) throw new DomainError('too_many', 'sharing.too_many', { n: RATE_PER_MINUTE });
	if (!key.scopes.includes(scope)) throw new DomainError('forbidden', 'sharing.out_of_scope', { scope });
	const [unit] = await ctx.db.select({ path: units.path }).from(units).where(eq(units.id, key.unitId));
	const grant = { role: 'viewer' as const, unitId: key.unitId, unitPath: unit!.path };
	return {
		...{ keyId: key.id, unitId: key.unitId, unitPath: unit!.path, remaining: RATE_PER_MINUTE - key.windowCount },
		actor: { kind: 'account', accountId: key.createdBy ?? key.id, displayName: key.name, grants: [grant] }
	};
}

/** True when the key may read personal numbers too. */
export async function opensNumbers(ctx: Context, keyId: string): Promise<boolean> {
	const [key] = await ctx.db.select({ scopes: apiKeys.scopes }).from(apiKeys).where(eq(apiKeys.id, keyId));
	return key?.scopes.includes('people.personal_number') ?? false;
}

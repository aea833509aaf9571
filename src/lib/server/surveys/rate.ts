import { eq } from 'drizzle-orm';
import type { RatingInput } from '#lib/surveys/input.ts';
import { unitVersions } from '../organisation/tables.ts';
import { type Context, today } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { deriveKey, keyedHash } from '../platform/secrets.ts';
import { publicRatings } from './tables.ts';

/** Ratings of one connection in a day; an office or a library shares one address. */
const PER_CONNECTION = 20;

/**
 * Takes a citizen's or a business's rating. Needs no session; what a program filled in is thanked for and dropped.
 * @throws {DomainError} `too_many` from one connection in a day; `not_found` for an unknown unit
 */
export async function rateUnit(ctx: Context, { website, ...rating }: RatingInput): Promise<void> {
	if (website) return;
	if ((await ctx.db.$count(unitVersions, eq(unitVersions.unitId, rating.unitId))) === 0)
		throw new DomainError('not_found', 'surveys.no_unit');
	const key = deriveKey(ctx.config, 'rating-source');
	const sourceKey = keyedHash(key, `${ctx.clientAddress ?? ''} ${today(ctx)}`);
	if ((await ctx.db.$count(publicRatings, eq(publicRatings.sourceKey, sourceKey))) >= PER_CONNECTION)
		throw new DomainError('too_many', 'surveys.too_many_ratings');
	await ctx.db.insert(publicRatings).values({ ...rating, ratedOn: today(ctx), sourceKey });
}

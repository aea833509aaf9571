import { sql } from 'drizzle-orm';
import type { PublicSet } from '#lib/sharing/scopes.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { siteSettings } from '../indicators/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';

const keyOf = (set: PublicSet) => `public.${set}`;

/** What anybody may read. */
export async function publicSets(db: Database): Promise<Record<PublicSet, boolean>> {
	const [row] = await db.select({ values: siteSettings.values }).from(siteSettings);
	const isOn = (set: PublicSet) => row?.values[keyOf(set)] === 'on';
	return { courses: isOn('courses'), figures: isOn('figures') };
}

/** @throws {DomainError} `not_found` `page.not_found` where the province has not switched it on */
export async function mustBePublic(db: Database, set: PublicSet): Promise<void> {
	if (!(await publicSets(db))[set]) throw new DomainError('not_found', 'page.not_found');
}

/** The province lets anybody read a set, or no longer. @throws {DomainError} `forbidden` */
export async function switchPublicSet(ctx: Context, set: PublicSet, isOn: boolean): Promise<void> {
	authorise(ctx.actor, 'sharing:manage');
	await ctx.db.transaction(async (tx) => {
		await tx
			.insert(siteSettings)
			.values({ values: { [keyOf(set)]: isOn ? 'on' : 'off' } })
			.onConflictDoUpdate({
				target: siteSettings.only,
				set: { values: sql`${siteSettings.values} || excluded."values"`, version: sql`${siteSettings.version} + 1` }
			});
		await recordAudit(ctx, tx, 'sharing.switched', { set, isOn });
	});
}

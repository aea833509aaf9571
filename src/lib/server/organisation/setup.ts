import { eq, isNull, sql } from 'drizzle-orm';
import { authorise, can } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { isPerson } from './queries.ts';
import { people, units, unitVersions } from './tables.ts';

/** How far the installation is, for the first-run pages. */
export async function getSetupState(ctx: Context) {
	authorise(ctx.actor, 'unit:manage');
	const [root] = await ctx.db
		.select({
			id: units.id,
			name: unitVersions.name,
			version: units.version,
			validFrom: unitVersions.validFrom
		})
		.from(units)
		.innerJoin(unitVersions, eq(unitVersions.unitId, units.id))
		.where(sql`nlevel(${units.path}) = 1 and ${unitVersions.validTo} is null`);
	return {
		root,
		unitCount: await ctx.db.$count(unitVersions, isNull(unitVersions.validTo)),
		peopleCount: await ctx.db.$count(people, isPerson)
	};
}

/** True for those who can finish the first set-up while there is only the province itself, or nobody on the roster. */
export async function needsSetup(ctx: Context): Promise<boolean> {
	if (!can(ctx.actor, 'unit:manage')) return false;
	const [row] = await ctx.db.execute<{ isNew: boolean }>(sql`select not (exists (select 1 from affiliation)
		and exists (select 1 from unit where nlevel(path) > 1)) as "isNew"`);
	return row?.isNew ?? true;
}

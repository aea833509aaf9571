import { ACCOUNT_STATES } from '#lib/server/organisation/account-queries.ts';
import { listManagedUnits } from '#lib/server/organisation/accounts.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** What the list's address narrows it to, with the units it may be narrowed to. */
export async function accountFilterOf(ctx: Context, { searchParams }: URL) {
	const units = await listManagedUnits(ctx);
	const unit = units.find(({ id }) => id === searchParams.get('unit'));
	const text = searchParams.get('q')?.trim() || undefined;
	const state = ACCOUNT_STATES.find((value) => value === searchParams.get('state'));
	const page = Number(searchParams.get('page')) || 1;
	return { units, unit, filter: { text, unitPath: unit?.path, state, page } };
}

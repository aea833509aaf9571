import { eq, sql } from 'drizzle-orm';
import { readSetting, type Setting, type SettingKey } from '#lib/identity/settings.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { authorise } from './permissions.ts';
import { systemSettings } from './tables.ts';

/** A setting with the version that a change must name; version 0 stands for "as initially". */
export async function getSetting<K extends SettingKey>(
	db: Database,
	key: K
): Promise<{ value: Setting<K>; version: number }> {
	const [row] = await db.select().from(systemSettings).where(eq(systemSettings.key, key));
	return { value: readSetting(key, row?.value), version: row?.version ?? 0 };
}

/**
 * Changes a setting of the whole system.
 * @throws {DomainError} `forbidden`; `conflict` `identity.setting_changed_meanwhile`
 */
export async function changeSetting<K extends SettingKey>(
	ctx: Context,
	key: K,
	value: Setting<K>,
	version: number
): Promise<void> {
	authorise(ctx.actor, 'system:operate');
	await ctx.db.transaction(async (tx) => {
		const before = await getSetting(tx, key);
		const changed = await tx
			.insert(systemSettings)
			.values({ key, value, version: version + 1 })
			.onConflictDoUpdate({
				target: systemSettings.key,
				set: { value, version: version + 1 },
				setWhere: sql`${systemSettings.version} = ${version}`
			})
			.returning({ key: systemSettings.key });
		if (changed.length === 0 || before.version !== version)
			throw new DomainError('conflict', 'identity.setting_changed_meanwhile');
		await recordAudit(ctx, tx, 'setting.changed', { objectId: key, before: before.value, after: value });
	});
}

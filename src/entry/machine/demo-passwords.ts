import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { and, eq } from 'drizzle-orm';
import { hashPassword } from '#lib/server/identity/passwords.ts';
import { endSessions } from '#lib/server/identity/sessions.ts';
import { accounts } from '#lib/server/identity/tables.ts';
import type { Config } from '#lib/server/platform/config.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import type { DemoAccount } from './demo.ts';

/**
 * Gives each demo account a random password when they still share the published one: a demo that was filled on this
 * machine alone is now opened to a network. Sessions begun with the old passwords end.
 */
export async function replaceKnownPasswords(config: Config): Promise<void> {
	const file = path.join(config.dataDir, 'demo-accounts.json');
	if (!existsSync(file)) return;
	const known = JSON.parse(await fs.readFile(file, 'utf8')) as DemoAccount[];
	if (new Set(known.map(({ password }) => password)).size === known.length) return;

	const next = known.map((account) => ({ ...account, password: randomBytes(9).toString('base64url') }));
	const unfinished = `${file}.unfinished`;
	await fs.writeFile(unfinished, JSON.stringify(next, null, '\t'), { mode: 0o600 });
	const pool = openDatabase(config.databaseUrl, { max: 1 });
	try {
		await pool.db.transaction(async (tx) => {
			for (const { username, password } of next) {
				const isTheirs = and(eq(accounts.username, username), eq(accounts.isDemo, true));
				const passwordHash = await hashPassword(password);
				const [changed] = await tx
					.update(accounts)
					.set({ passwordHash })
					.where(isTheirs)
					.returning({ id: accounts.id });
				if (changed) await endSessions(tx, changed.id);
			}
		});
	} finally {
		await pool.close();
	}
	await fs.rename(unfinished, file);
}

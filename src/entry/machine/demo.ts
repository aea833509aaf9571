import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '#lib/server/platform/config.ts';
import { replaceKnownPasswords } from './demo-passwords.ts';
import { ROOT, type Installation } from './installation.ts';
import { step } from './progress.ts';

/** One line of the block that a start prints. */
export type DemoAccount = Readonly<{ role: string; username: string; password: string; purpose?: string }>;

/** What seed-demo.ts offers; imported only in demo mode, since production never needs its texts. */
type SeedDemo = {
	/** Fills an empty database; does nothing otherwise. Reads DEMO_PASSWORDS=random. */
	seedDemo(config: Config): Promise<void>;
	demoAccounts(dataDir: string): Promise<readonly DemoAccount[]>;
};

const FILE = path.join(ROOT, 'src/entry/seed-demo.ts');

const load = async () => (existsSync(FILE) ? ((await import(FILE)) as SeedDemo) : undefined);

/** Puts the demo province into an empty database. */
export async function fillWithDemoData(config: Config, { isOpen }: Installation): Promise<void> {
	if (isOpen) process.env.DEMO_PASSWORDS = 'random';
	const seed = await load();
	if (seed) await step('Dữ liệu minh họa / Demo data', () => seed.seedDemo(config));
	if (isOpen) await replaceKnownPasswords(config);
}

/** The demo accounts to print at the end. */
export async function demoAccounts({ dataDir }: Installation): Promise<readonly DemoAccount[]> {
	return (await (await load())?.demoAccounts(dataDir)) ?? [];
}

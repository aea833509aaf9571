import { expect } from 'vitest';
import { shareText } from '#lib/indicators/share.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { demoAccounts, seedDemo } from '../../src/entry/seed-demo.ts';
import { filterOf } from '../support/indicator-world.ts';
import { at, test } from '../support/test.ts';

test('the demo province meets the target on people and misses the one on activities by nine classes', async ({
	ctx,
	config
}) => {
	await seedDemo(config);
	await seedDemo(config); // a second start changes nothing
	const page = await getTargetsPage(at(ctx, new Date()), filterOf());
	expect(page.selection.unit.name).toBe('Tỉnh Minh Họa');
	expect(page.trained).toMatchObject({ verdict: 'met', missing: 0 });
	expect(page.trained.share.whole).toBeGreaterThan(400);
	expect(page.online).toMatchObject({ share: { part: 28, whole: 40 }, verdict: 'missed', missing: 9 });
	expect(shareText(page.onlineUpper)).toBe('80,00%');
	expect(page.externalCount).toBe(3);
	expect((await demoAccounts(config.dataDir)).map(({ username }) => username)).toContain('hocvien');
});

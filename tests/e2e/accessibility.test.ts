import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { aBrowser, signIn } from '../support/people.ts';

/** Pages by who opens them; `>part` follows the first link whose address holds that part. */
const JOURNEYS: Readonly<Record<string, readonly string[]>> = {
	hocvien: ['/', '/my', '/courses', '/account', '>/learn/', '>/lessons/'],
	giangvien: ['/teach/courses', '/teach/courses/new', '/teach/courses', '>/teach/courses/'],
	pheduyet: ['/teach/reviews', '>/teach/reviews/'],
	'canbo.minhtam': [
		'/classes',
		'/classes/new',
		'/classes/record',
		'/people',
		'/people/new',
		'/people/import',
		'/accounts'
	],
	'quantri.tinh': [
		'/targets',
		'/targets/people',
		'/targets/activities',
		'/targets/settings',
		'/units',
		'/audit',
		'/setup'
	]
};

async function expectNothingFound(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
		.analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
	expect.soft(found, page.url()).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
	const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
	expect.soft(tooWide, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

test('pages without a session have nothing that axe objects to', async ({ page }) => {
	for (const path of ['/sign-in', '/activate', '/no-such-page']) {
		await page.goto(path);
		await expectNothingFound(page);
	}
});

for (const [who, paths] of Object.entries(JOURNEYS)) {
	test(`what ${who} opens is accessible and fits a phone`, async ({ browser }) => {
		const page = await aBrowser(browser, { viewport: { width: 360, height: 740 } });
		await signIn(page, who);
		for (const path of paths) {
			if (path.startsWith('>')) {
				const link = page.locator(`main a[href*="${path.slice(1)}"]:not([href$="/new"])`).first();
				if ((await link.count()) === 0) continue;
				await page.goto((await link.getAttribute('href')) ?? '/');
			} else await page.goto(path);
			await expectNothingFound(page);
			await expectNoSidewaysScroll(page);
		}
		await page.context().close();
	});
}

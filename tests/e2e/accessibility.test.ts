import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { linksOf, pathOf } from '../support/links.ts';
import { aBrowser, signIn } from '../support/people.ts';
import { listRoutes } from '../support/routes.ts';

/** Who walks through the product, those who may most first; each looks at the kinds of pages nobody saw before. */
const WALKERS = ['quantri.tinh', 'canbo.minhtam', 'giangvien', 'hocvien', 'pheduyet', 'canbo.stp', 'lanhdao.stp'];

/** Pages that no link leads to while the demo rests, and why. */
const OUT_OF_REACH: Readonly<Record<string, string>> = {
	'/activate/[token]': 'needs a slip; the story opens one',
	'/teach/courses/[course]/settings': 'offered while a course is being written; the story fills it in',
	'/teach/questions/[question]/parts/[part]': 'offered while a scenario is being written',
	'/people/import/[import]': 'appears with an import',
	'/people/activity-reports/[report]': 'appears once somebody has sent a report',
	'/notice': 'shown once, at the first sign-in',
	'/sign-in/code': 'the second step of a sign-in; the safety test takes it',
	'/sign-in/sso/link': 'needs an identity provider; its integration test answers as one',
	'/classes/[activity]/quizzes/[lesson]/marking': 'offered to markers of a class with a quiz; few walkers come by one',
	'/classes/[activity]/quizzes/[lesson]/printed/[printed]/results': 'appears with a printed paper',
	'/classes/[activity]/quizzes/[lesson]/printed':
		'offered to examiners of a class with a quiz; few walkers come by one',
	'/classes/[activity]/quizzes/[lesson]/people/[participation]': 'opens from an attempt on the board of a quiz',
	'/classes/[activity]/quizzes/[lesson]/similar': 'offered where the paper compares attempts',
	'/classes/[activity]/survey/slips': 'printed once somebody has made slips for a class',
	'/confirm': 'asked for after a while; the safety test answers it'
};

/** Pages that a form or an answer of the product leads to and, while the demo rests, no link. */
const BY_FORM: Readonly<Record<string, readonly string[]>> = {
	hocvien: ['/my/search?q=ph%C3%A1p+lu%E1%BA%ADt', '/my/history']
};

const PAGES_PER_WALK = 400;
/** Links of one kind that are followed in search of kinds of pages not seen yet. */
const SAMPLES = 3;

const routes = listRoutes().filter(({ isPage }) => isPage);
const seen = new Set<string>();

test.describe.configure({ mode: 'serial', timeout: 400_000 });
// A trace of every page costs more than the examination.
test.use({ trace: 'off' });

test('pages without a session have nothing that axe objects to', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	// Codes that are none: each of these pages answers them with a sentence of its own.
	for (const path of ['/sign-in', '/activate', '/survey', '/survey/ABCD2345', '/check-in/ABCD2345', '/no-such-page']) {
		await page.goto(path);
		const route = routes.find(({ pattern }) => pattern.test(path));
		if (route) seen.add(route.id);
		await expectNothingFound(page);
		await expectNoSidewaysScroll(page);
	}
});

for (const who of WALKERS) {
	test(`what ${who} opens is accessible and fits a phone`, async ({ browser }) => {
		const page = await aBrowser(browser, { viewport: { width: 360, height: 740 } });
		await signIn(page, who);
		const waiting = ['/', ...(BY_FORM[who] ?? [])];
		if (who === 'giangvien') waiting.push(await readQuestions(page));
		const known = new Set(waiting);
		const perRoute = new Map<string, number>();
		for (let pages = 0; pages < PAGES_PER_WALK && waiting.length > 0; pages++) {
			const path = waiting.shift()!;
			for (const link of await look(page, path)) {
				const route = routes.find(({ pattern }) => pattern.test(pathOf(link)));
				if (!route || known.has(pathOf(link))) continue;
				known.add(pathOf(link));
				const count = (perRoute.get(route.id) ?? 0) + 1;
				perRoute.set(route.id, count);
				if (count <= SAMPLES) waiting.push(link);
			}
		}
		await page.context().close();
	});
}

test('somebody has looked at every page', () => {
	const missed = routes.map(({ id }) => id).filter((id) => !seen.has(id) && !(id in OUT_OF_REACH));
	expect(missed).toEqual([]);
});

/** The address of questions that were read from pasted text and wait to be taken over. */
async function readQuestions(page: Page): Promise<string> {
	await page.goto('/teach/questions/import');
	await page
		.locator('textarea[name=text]')
		.fill('Câu 1. Hiến pháp do cơ quan nào thông qua?\n*A. Quốc hội\nB. Chính phủ');
	await page.locator('input[name=topic]').fill('Hiến pháp');
	await page.locator('main button[type=submit]').click();
	await page.waitForURL(/import\/[0-9a-f-]{36}/);
	return new URL(page.url()).pathname;
}

/** Examines a page of a kind not seen before, else only reads it; the links it holds either way. */
async function look(page: Page, path: string): Promise<string[]> {
	const { id } = routes.find(({ pattern }) => pattern.test(pathOf(path)))!;
	// The first page is another one for each role.
	if (seen.has(id) && id !== '/') {
		const answer = await page.request.get(path, { headers: { accept: 'text/html' } });
		const isHtml = (answer.headers()['content-type'] ?? '').includes('text/html');
		return isHtml ? linksOf(await answer.text(), path) : [];
	}
	const answer = await page.goto(path);
	if (answer?.status() !== 200) return [];
	seen.add(id);
	await expectNothingFound(page);
	await expectNoSidewaysScroll(page);
	return linksOf(await page.content(), path);
}

async function expectNothingFound(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.setLegacyMode() // no page of ours has frames of others; without it axe opens a page more for each result
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
		.analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
	expect.soft(found, page.url()).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
	const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
	expect.soft(tooWide, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

// Packages shaped as authoring tools export them, in a real browser: place, state and status are there at the next launch,
// however the learner left.
import type { Browser, Frame, Page } from '@playwright/test';
import { describe, expect } from 'vitest';
import { lessonProgress } from '#lib/server/learning/tables.ts';
import { freePort } from '#lib/server/platform/free-port.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { attempts } from '#lib/server/scorm/runtime-tables.ts';
import { AUTHORED, PAGES } from '../support/authoring-packages.ts';
import { until } from '../support/product.ts';
import { test as base } from '../support/product-test.ts';
import { aBrowserProgram, closePackage, launch, openLesson } from '../support/scorm-browser.ts';
import { aScormWorld, type ScormWorld } from '../support/scorm-world.ts';

const test = base
	.extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
		const browser = await aBrowserProgram();
		onCleanup(() => browser.close());
		return browser;
	})
	.extend('origin', async ({ product }) => {
		const port = await freePort();
		const origin = `http://localhost:${port}`;
		await product.web({ ORIGIN: origin }, port);
		return origin;
	});

/** Where the course itself runs: its own window, a frame within the driver's page, or the page that was opened. */
async function courseOf(page: Page, opens: 'button' | undefined): Promise<{ course: Page | Frame; popup?: Page }> {
	const content = await launch(page);
	if (opens) {
		const [popup] = await Promise.all([page.waitForEvent('popup'), content.getByRole(opens).click()]);
		await popup.waitForLoadState('load');
		return { course: popup, popup };
	}
	await until(
		() => Promise.resolve(content.childFrames().length),
		(count) => count > 0 || !content.url().includes('indexAPI'),
		5000
	);
	const inner = content.childFrames()[0] ?? content;
	await inner.waitForLoadState('load');
	return { course: inner };
}

const placeOf = (course: Page | Frame) =>
	course.evaluate(() => [Number(document.body.dataset.page), Number(document.body.dataset.answers)]);

async function goTo(course: Page | Frame, pages: readonly number[]): Promise<void> {
	for (const page of pages)
		await course.evaluate((next) => (window as unknown as { goTo(page: number): void }).goTo(next), page);
}

/** How a learner leaves; the lesson's page afterwards. */
type Leaving = 'closes the lesson' | 'closes the tab' | 'follows a link' | 'closes the window of the course';

async function leave(page: Page, popup: Page | undefined, how: Leaving, origin: string, world: ScormWorld) {
	if (how === 'closes the window of the course') await popup?.close();
	if (how === 'follows a link') await page.goto(`${origin}/learn/${world.participationId}`);
	else if (how === 'closes the tab') {
		const next = await page.context().newPage();
		await page.close();
		await next.goto(`${origin}/learn/${world.participationId}/lessons/${world.lessonId}`);
		return next;
	} else await closePackage(page);
	await page.goto(`${origin}/learn/${world.participationId}/lessons/${world.lessonId}`);
	return page;
}

const last = async (ctx: Context) => (await ctx.db.select().from(attempts))[0]!;

describe.for(AUTHORED)('a package as $tool makes it', ({ zip, opens }) => {
	const ways: Leaving[] = ['closes the lesson', 'closes the tab', 'follows a link'];
	if (opens) ways.push('closes the window of the course');

	test.for(ways)('keeps place, state and status when its learner %s', async (how, { ctx, origin, browser }) => {
		const world = await aScormWorld(ctx, zip);
		let page = await openLesson(browser, origin, world);
		let { course, popup } = await courseOf(page, opens);
		expect(await placeOf(course)).toEqual([1, 0]);
		await goTo(course, [2, 3]);
		page = await leave(page, popup, how, origin, world);
		expect(await last(ctx)).toMatchObject({ completion: 'incomplete' });

		({ course, popup } = await courseOf(page, opens));
		expect(await placeOf(course)).toEqual([3, 2]);
		await goTo(course, [4, PAGES]);
		page = await leave(page, popup, how, origin, world);
		await until(
			() => last(ctx),
			({ completion }) => completion === 'completed',
			10_000
		);
		expect(await last(ctx)).toMatchObject({ completion: 'completed', success: 'passed', score: 0.85 });
		expect((await ctx.db.select().from(lessonProgress))[0]!.completedAt).not.toBeNull();

		({ course, popup } = await courseOf(page, opens));
		expect(await placeOf(course)).toEqual([PAGES, 4]);
		await goTo(course, [1]);
		await leave(page, popup, how, origin, world);
		expect(await last(ctx)).toMatchObject({ completion: 'completed', success: 'passed', score: 0.85 });
		await page.context().close();
	});
});

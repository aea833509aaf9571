import { chromium, type Browser, type BrowserContext, type Frame, type Page } from '@playwright/test';
import { findChromium } from './programs.ts';
import type { ScormWorld } from './scorm-world.ts';

/** A browser as learners have it. */
export const aBrowserProgram = (): Promise<Browser> =>
	chromium.launch({
		executablePath: findChromium(),
		args: ['--no-sandbox', '--disable-background-networking', '--no-first-run']
	});

/** The lesson's page in a window of the learner, who is signed in. */
export async function openLesson(browser: Browser, origin: string, world: ScormWorld): Promise<Page> {
	return openLessonIn(await browser.newContext({ locale: 'vi-VN' }), origin, world);
}

/** As {@link openLesson}, in a browser that the learner has used before. */
export async function openLessonIn(context: BrowserContext, origin: string, world: ScormWorld): Promise<Page> {
	await context.addCookies([{ name: 'session', value: world.sessionToken, url: origin }]);
	const page = await context.newPage();
	await page.goto(`${origin}/learn/${world.participationId}/lessons/${world.lessonId}`);
	return page;
}

/** Presses the button that opens the package, and waits for content to be there. */
export async function launch(page: Page): Promise<Frame> {
	await page.getByRole('button', { name: /^(Vào học|Học tiếp|Học lượt mới|Xem lại)$/ }).click();
	return contentOf(page);
}

/** The frame that content runs in, loaded; `previous` is the one it must have replaced. */
export async function contentOf(page: Page, previous?: Frame): Promise<Frame> {
	for (let i = 0; i < 200; i++) {
		const frame = page
			.frames()
			.find((one) => /\/l\/[\w-]+\/f\//.test(one.url()) && /\/player$/.test(one.parentFrame()?.url() ?? ''));
		if (frame && frame !== previous) {
			await frame.waitForLoadState('load');
			return frame;
		}
		await page.waitForTimeout(50);
	}
	throw new Error(`no content; the page shows: ${await page.locator('main').innerText()}`);
}

/** Calls a function of the run-time as content does. */
export function call(frame: Frame, name: string, ...words: string[]): Promise<string> {
	return frame.evaluate(
		([fn, args]) => {
			let win: Window = window;
			for (let i = 0; i < 8 && !('API' in win) && !('API_1484_11' in win); i++) win = win.parent;
			const found = win as unknown as Record<string, Record<string, (...list: string[]) => string>>;
			const api = found.API ?? found.API_1484_11;
			return String(api?.[fn]?.(...args));
		},
		[name, words] as const
	);
}

/** Saves what is open and closes it. */
export async function closePackage(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Lưu và đóng' }).click();
	await page.locator('iframe').waitFor({ state: 'detached' });
}

// Packages in a real browser against the real web process: what content calls, and what is there when it comes back.
import type { Browser } from '@playwright/test';
import { describe, expect } from 'vitest';
import { eq } from 'drizzle-orm';
import { freePort } from '#lib/server/platform/free-port.ts';
import { attemptItems, attempts } from '#lib/server/scorm/runtime-tables.ts';
import { until } from '../support/product.ts';
import { test as base } from '../support/product-test.ts';
import { aBrowserProgram, call, closePackage, contentOf, launch, openLesson } from '../support/scorm-browser.ts';
import { folderOf, manifest12, packagePath, zipOf } from '../support/scorm-packages.ts';
import { aScormWorld } from '../support/scorm-world.ts';

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

/** Content that does nothing by itself; tests call for it. */
const STILL = zipOf({ 'imsmanifest.xml': manifest12('Bài mẫu', [{ id: 'a' }]), 'a.html': '<h1>Bài</h1>' });

describe('suspend data', () => {
	const LONG = 'Điều 5 khoản 2\n"điểm a"\t\\ 😀 ';
	test('comes back byte for byte: 4,097 and 60,000 characters, and what packers make of them', async ({
		ctx,
		origin,
		browser
	}) => {
		const world = await aScormWorld(ctx, STILL);
		const page = await openLesson(browser, origin, world);
		const packed = Array.from({ length: 500 }, (_, i) => String.fromCharCode((i * 7919) % 65_536)).join('');
		for (const data of [LONG.repeat(200).slice(0, 4097), LONG.repeat(3000).slice(0, 60_000), packed]) {
			const content = await launch(page);
			expect(await call(content, 'LMSInitialize', '')).toBe('true');
			expect(await call(content, 'LMSSetValue', 'cmi.suspend_data', data)).toBe('true');
			await call(content, 'LMSSetValue', 'cmi.core.exit', 'suspend');
			expect(await call(content, 'LMSFinish', '')).toBe('true');
			await closePackage(page);
			const again = await launch(page);
			await call(again, 'LMSInitialize', '');
			expect((await call(again, 'LMSGetValue', 'cmi.suspend_data')) === data).toBe(true);
			expect(await call(again, 'LMSGetValue', 'cmi.core.entry')).toBe('resume');
			await closePackage(page);
		}
		await page.context().close();
	});

	test('survives a tab that is closed without a word', async ({ ctx, origin, browser }) => {
		const world = await aScormWorld(ctx, STILL);
		const page = await openLesson(browser, origin, world);
		const content = await launch(page);
		await call(content, 'LMSInitialize', '');
		await call(content, 'LMSSetValue', 'cmi.suspend_data', 'trang 5');
		await page.close({ runBeforeUnload: false });
		await until(
			async () => (await ctx.db.select().from(attemptItems))[0]?.data,
			(data) => data?.includes('trang 5') ?? false,
			10_000
		);
	});
});

test('a cut line is told to the learner, and what was done meanwhile is there afterwards', async ({
	ctx,
	origin,
	browser
}) => {
	const world = await aScormWorld(ctx, STILL);
	const page = await openLesson(browser, origin, world);
	const content = await launch(page);
	await call(content, 'LMSInitialize', '');
	await page.context().setOffline(true);
	await call(content, 'LMSSetValue', 'cmi.core.lesson_location', 'p7');
	expect(await call(content, 'LMSCommit', '')).toBe('false');
	await page.getByText('Chưa lưu được').waitFor();
	await page.context().setOffline(false);
	await page.getByText('Đã lưu', { exact: true }).waitFor();
	const [item] = await ctx.db.select().from(attemptItems);
	expect(JSON.parse(item!.data)).toMatchObject({ 'cmi.core.lesson_location': 'p7' });
	await page.context().close();
});

test('content that opens a window of its own finds its run-time there', async ({ ctx, origin, browser }) => {
	const popup = `<script>let w = window; while (w && !w.API && w.parent !== w) w = w.parent; let o = w.API || (() => { let p = opener; while (!p.API && p.parent !== p) p = p.parent; return p.API; })();
		o.LMSInitialize(''); o.LMSSetValue('cmi.core.lesson_status', 'completed'); o.LMSFinish(''); document.title = 'xong';</script>`;
	const zip = zipOf({
		'imsmanifest.xml': manifest12('Cửa sổ', [{ id: 'a' }]),
		'a.html': '<button onclick="window.open(\'b.html\')">Mở</button>',
		'b.html': popup
	});
	const world = await aScormWorld(ctx, zip);
	const page = await openLesson(browser, origin, world);
	const content = await launch(page);
	const [opened] = await Promise.all([page.waitForEvent('popup'), content.getByRole('button').click()]);
	await until(
		() => opened.title(),
		(title) => title === 'xong',
		10_000
	);
	expect(await ctx.db.select().from(attempts)).toMatchObject([{ completion: 'completed' }]);
	await page.context().close();
});

test('content reaches nothing but the eight functions, and a flood leaves the page alive', async ({
	ctx,
	origin,
	browser
}) => {
	const world = await aScormWorld(ctx, STILL);
	const page = await openLesson(browser, origin, world);
	const content = await launch(page);
	await call(content, 'LMSInitialize', '');
	for (const [element, value] of [
		['settings.lmsCommitUrl', 'https://evil'],
		['cmi', 'x'],
		['cmi.core', 'x'],
		['cmi.reset', 'x'],
		['__proto__.x', '1']
	]) {
		expect(await call(content, 'LMSSetValue', element!, value!)).toBe('false');
		expect(await call(content, 'LMSGetValue', element!)).toBe('');
	}
	const probes = await content.evaluate(async (lms) => {
		const blocked = async (work: () => unknown) => {
			try {
				return String(await work());
			} catch {
				return 'blocked';
			}
		};
		return {
			page: await blocked(() => top!.document.title),
			cookie: document.cookie,
			lms: await blocked(() => fetch(`${lms}/my`, { credentials: 'include' }).then(({ status }) => status)),
			worker: await blocked(() => navigator.serviceWorker.register('a.html')),
			away: await blocked(() => ((top as Window).location.href = 'about:blank')),
			api: Object.isFrozen((parent as unknown as { API: object }).API)
		};
	}, origin);
	expect(probes).toEqual({
		page: 'blocked',
		cookie: '',
		lms: 'blocked',
		worker: 'blocked',
		away: 'blocked',
		api: true
	});
	await content.evaluate(() => {
		const { API } = parent as unknown as { API: Record<string, (...words: string[]) => string> };
		for (let i = 0; i < 10_000; i++) API.LMSSetValue!('cmi.core.lesson_location', `p${i}`);
	});
	await closePackage(page);
	const [item] = await ctx.db.select().from(attemptItems);
	expect(JSON.parse(item!.data)).toMatchObject({ 'cmi.core.lesson_location': 'p9999' });
	await page.context().close();
});

test('a second window takes over, and the first one says so', async ({ ctx, origin, browser }) => {
	const world = await aScormWorld(ctx, STILL);
	const first = await openLesson(browser, origin, world);
	const content = await launch(first);
	await call(content, 'LMSInitialize', '');
	const second = await openLesson(browser, origin, world);
	await launch(second);
	await call(content, 'LMSSetValue', 'cmi.core.lesson_location', 'p1');
	expect(await call(content, 'LMSCommit', '')).toBe('false');
	await first.getByText('đã được mở ở cửa sổ hoặc thiết bị khác').waitFor();
	await first.context().close();
	await second.context().close();
});

describe.skipIf(!folderOf('golf'))('a golf package', () => {
	test('of SCORM 1.2 resumes at its bookmark and reports its score', async ({ ctx, origin, browser }) => {
		const world = await aScormWorld(ctx, packagePath('golf', 'RuntimeBasicCalls_SCORM12.zip'));
		await bookmarkAndFinish(await openLesson(browser, origin, world));
		expect(await ctx.db.select().from(attempts)).toMatchObject([{ completion: 'completed' }]);
	});

	test('of SCORM 2004 does the same', async ({ ctx, origin, browser }) => {
		const world = await aScormWorld(ctx, packagePath('golf', 'RuntimeBasicCalls_SCORM20043rdEdition.zip'));
		await bookmarkAndFinish(await openLesson(browser, origin, world));
		expect(await ctx.db.select().from(attempts)).toMatchObject([{ completion: 'completed' }]);
	});

	test('that forces an order shows only what may be chosen, and goes on after a break where one was', async ({
		ctx,
		origin,
		browser
	}) => {
		const world = await aScormWorld(ctx, packagePath('golf', 'SequencingForcedSequential_SCORM20043rdEdition.zip'));
		const page = await openLesson(browser, origin, world);
		page.on('dialog', (dialog) => void dialog.accept());
		const first = await launch(page);
		const contents = page.getByRole('group').filter({ hasText: 'Mục lục' });
		await contents.getByText('Etiquette').waitFor();
		expect(await contents.getByRole('button', { name: 'Etiquette' }).count()).toBe(0);
		await readThrough(first);
		await page.getByRole('button', { name: 'Mục tiếp theo' }).click();
		const second = await contentOf(page, first);
		expect(second.url()).toContain('content=etiquette');
		await closePackage(page);
		expect((await launch(page)).url()).toContain('content=etiquette');
		await closePackage(page);
		await page.context().close();
	});

	test('that reports nothing completes with the last page that was opened, where its author says so', async ({
		ctx,
		origin,
		browser
	}) => {
		const world = await aScormWorld(ctx, packagePath('golf', 'RuntimeMinimumCalls_SCORM12.zip'), {
			openingCompletes: true
		});
		const page = await openLesson(browser, origin, world);
		let content = await launch(page);
		for (let next = page.getByRole('button', { name: 'Mục tiếp theo' }); await next.isVisible();) {
			const before = content;
			await next.click();
			content = await contentOf(page, before);
		}
		await closePackage(page);
		const [attempt] = await ctx.db.select().from(attempts).where(eq(attempts.completion, 'completed'));
		expect(attempt).toBeDefined();
		await page.context().close();
	});
});

/** Five pages on, out, back where one was; then to the end. */
async function bookmarkAndFinish(page: Awaited<ReturnType<typeof openLesson>>): Promise<void> {
	page.on('dialog', (dialog) => void dialog.accept());
	let content = await launch(page);
	const at = () => content.evaluate(() => (window as unknown as { currentPage: number }).currentPage);
	const next = () => content.evaluate(() => (window as unknown as { doNext(): void }).doNext());
	for (let i = 0; i < 5; i++) await next();
	const left = await at();
	await closePackage(page);
	content = await launch(page);
	expect(await at()).toBe(left);
	for (let i = 0; i < 20; i++) await next();
	await closePackage(page);
	await page.context().close();
}

/** To the last page of a SCO of the sequencing examples. */
async function readThrough(content: Awaited<ReturnType<typeof launch>>): Promise<void> {
	await content.evaluate(() => {
		const sco = window as unknown as { doNext(): void; reachedEnd: boolean };
		for (let i = 0; i < 30 && !sco.reachedEnd; i++) sco.doNext();
	});
}

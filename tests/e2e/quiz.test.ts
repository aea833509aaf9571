import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { aBrowser, signIn } from '../support/people.ts';

const PHONE = { viewport: { width: 360, height: 740 } };

/** Moves the focus with Tab, and nothing else, until the wanted thing holds it. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let i = 0; i < 120; i++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
	}
	throw new Error(`Tab never reaches ${selector}`);
}

async function expectAccessible(page: Page): Promise<void> {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	expect(over).toBeLessThanOrEqual(0);
}

test('a learner sits a quiz by keyboard alone at 360 px, through a lost network and a reload', async ({ browser }) => {
	const page = await aBrowser(browser, PHONE);
	await signIn(page, 'hocvien');
	await page.goto('/');
	const lessonUrl = await page.locator('a[href^="/learn/"]').first().getAttribute('href');
	await page.goto(lessonUrl!.split('/lessons/')[0]!);
	await page.goto(
		(await page
			.getByRole('link', { name: /Kiểm tra cuối khóa/ })
			.first()
			.getAttribute('href'))!
	);
	await expectAccessible(page);
	await tabTo(page, 'form[action="?/start"] button');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/attempts\//);
	await expectAccessible(page);

	const field = 'main .card :is(input, select, button)';
	await tabTo(page, field);
	await answerHere(page);
	await expect(page.getByText(/Đã lưu lúc/)).toBeVisible({ timeout: 2000 });

	await page.context().setOffline(true);
	await tabTo(page, 'form button[formaction*="q=2"]');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Câu 2' })).toBeFocused();
	await tabTo(page, field);
	await answerHere(page);
	await expect(page.getByText(/Mất kết nối: 01 câu trả lời đang giữ/)).toBeVisible();
	await page.context().setOffline(false);
	await expect(page.getByText(/Đã lưu lúc/)).toBeVisible();
	await page.reload();
	await expect(page.getByRole('link', { name: 'Câu 2, đã trả lời' })).toBeVisible();

	const tree = await page.locator('main').ariaSnapshot();
	expect(tree).toMatch(/navigation "Các câu hỏi"/);
	expect(tree).toMatch(/heading "Câu 1" \[level=2\]/);
	expect(tree).toMatch(/timer: /);

	await tabTo(page, 'details > summary:not(header *)');
	await page.keyboard.press('Enter');
	await tabTo(page, 'button[formaction="?/submit"]');
	await page.keyboard.press('Enter');
	await expect(page.getByText(/Chưa đạt: /)).toBeVisible();
	await expectAccessible(page);
	await page.context().close();
});

/** Answers whatever kind of question has the focus: a choice, a number, a gap. */
async function answerHere(page: Page): Promise<void> {
	const kind = await page.evaluate(
		() => `${document.activeElement?.tagName} ${(document.activeElement as HTMLInputElement).type}`
	);
	if (kind === 'INPUT text') await page.keyboard.type('12');
	else if (kind.startsWith('SELECT')) await page.keyboard.press('ArrowDown');
	else await page.keyboard.press('Space');
}

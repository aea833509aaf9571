import { expect, type Browser, type Page } from '@playwright/test';

/** Password of all demo accounts. */
const PASSWORD = 'MinhHoa-2026';

/** Signs a demo account in through the form and reads the notice where it is shown. */
export async function signIn(page: Page, username: string): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('input[name=name]').fill(username);
	await page.locator('input[name=password]').fill(PASSWORD);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	await readNotice(page);
}

/** Confirms the personal-data notice of a first sign-in. */
export async function readNotice(page: Page): Promise<void> {
	if (!page.url().includes('/notice')) return;
	await page.getByRole('button', { name: 'Tôi đã đọc' }).click();
	await page.waitForURL((url) => url.pathname !== '/notice');
}

/** A browser of its own for somebody, as on another machine. */
export async function aBrowser(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
	const context = await browser.newContext(options);
	return context.newPage();
}

/** `12/345` before a unit of count on the page, as numbers. */
export async function figure(page: Page, unit: 'người' | 'hoạt động'): Promise<{ part: number; whole: number }> {
	const text = await page
		.getByText(new RegExp(`^[\\d.]+/[\\d.]+ ${unit}$`))
		.first()
		.textContent();
	const [part, whole] = (text ?? '').replaceAll('.', '').split(/[/ ]/).map(Number);
	expect(Number.isInteger(part) && Number.isInteger(whole), `figure in “${text}”`).toBe(true);
	return { part: part!, whole: whole! };
}

import { expect, type Page } from '@playwright/test';
import { formatDay } from '#lib/i18n/format.ts';
import { readNotice } from './people.ts';

/** Unfolds a button that asks first, and confirms. */
export async function confirm(page: Page, label: string, confirmLabel = label): Promise<void> {
	const fold = page.locator('details', { has: page.locator('summary', { hasText: label }) });
	await fold.locator('summary').click();
	await fold.getByRole('button', { name: confirmLabel }).click();
}

/** Writes down a new course; its page is open then. */
export async function beginCourse(page: Page, course: string, summary: string): Promise<void> {
	await page.goto('/teach/courses');
	await page.getByRole('link', { name: 'Thêm khóa học' }).click();
	await page.getByLabel('Tên khóa học').fill(course);
	await page.getByLabel('Tóm tắt').fill(summary);
	await page.getByLabel('Số tiết').fill('2');
	await page.getByRole('button', { name: 'Thêm mới' }).click();
}

/** Adds a module or, with its kind, a lesson. */
export async function unfoldAndAdd(page: Page, summary: string, title: string, kind?: string): Promise<void> {
	const fold = page.locator('details', { has: page.locator('summary', { hasText: summary }) }).last();
	await fold.locator('summary').click();
	await fold.locator('input[name=title]').fill(title);
	if (kind) await fold.getByLabel(kind, { exact: true }).check();
	await fold.getByRole('button', { name: 'Thêm mới' }).click();
	await expect(page.getByRole('heading', { name: title })).toBeVisible();
}

/** Approves and publishes a course that waits for it. */
export async function approve(page: Page, course: string): Promise<void> {
	await page.goto('/teach/reviews');
	await page.getByRole('link', { name: course }).click();
	await confirm(page, 'Phê duyệt');
	await expect(page.getByText('Đã ban hành khóa học.')).toBeVisible();
}

/** Opens an online class on a published course. */
export async function openClass(page: Page, course: string): Promise<void> {
	await page.goto('/classes/new');
	await page.locator('select[name=courseVersionId]').selectOption({ label: await optionWith(page, course) });
	await page.locator('input[name=documentNo]').fill('45/KH-UBND');
	await page.locator('input[name=dueOn]').fill(soon());
	await page.getByRole('button', { name: 'Mở lớp' }).click();
	await page.waitForURL(/\/classes\/[0-9a-f-]{36}/);
}

/** The day after tomorrow as people write it: the most urgent class is what a learner is shown first. */
function soon(): string {
	return formatDay(new Date(Date.now() + 2 * 24 * 60 * 60 * 1000));
}

async function optionWith(page: Page, text: string): Promise<string> {
	return (await page.locator('option', { hasText: text }).first().textContent()) ?? '';
}

/** Summons the first person who was not trained yet, and gives that person's activation code. */
export async function summonOne(page: Page): Promise<{ classUrl: string; code: string }> {
	const classUrl = page.url().replace(/\/people.*/, '');
	if (!page.url().includes('/people/add'))
		await page
			.getByRole('link', { name: /Triệu tập/ })
			.first()
			.click();
	await page.locator('input[name=untrained]').check();
	await page.getByRole('button', { name: 'Lọc' }).click();
	await page.waitForURL(/untrained=1/);
	const row = page.getByRole('row').nth(1);
	const name = ((await row.locator('label').textContent()) ?? '').split('(')[0]!.trim();
	await row.getByRole('checkbox').check();
	await page.getByRole('button', { name: /Triệu tập 0?1 người/ }).click();
	await expect(page.getByText(/Đã triệu tập/)).toBeVisible();
	await page.goto(`/accounts?q=${encodeURIComponent(name)}`);
	await page.getByRole('button', { name: 'Cấp phiếu' }).first().click();
	const code = await page.locator('article code').first().innerText();
	return { classUrl, code };
}

/** Activates the account of a slip. */
export async function activate(page: Page, code: string): Promise<void> {
	await page.goto(`/activate/${code.replace(/[- ]/g, '')}`);
	await page.locator('input[name=password]').fill('hoa mai vàng 2026');
	await page.getByRole('button', { name: /Kích hoạt|Đặt mật khẩu/ }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/activate'));
	await readNotice(page);
}

import { expect, test } from '@playwright/test';
import { aBrowser, signIn } from '../support/people.ts';

test('an administrator sees what a learner sees, changes nothing, and the learner is told', async ({ browser }) => {
	const page = await aBrowser(browser);
	await signIn(page, 'quantri.tinh');
	await page.goto('/accounts?q=hocvien');
	await page.getByRole('link', { name: 'Hoàng Đạt' }).first().click();
	await page.getByLabel('Lý do').fill('Hỗ trợ: không thấy lớp đang mở');
	await page.getByRole('button', { name: 'Bắt đầu xem' }).click();
	const banner = page.getByText('Đang xem với tư cách Hoàng Đạt');
	await expect(banner).toBeVisible();
	await page.goto('/my');
	await page.locator('main a[href^="/learn/"]').first().click(); // whatever the learner has done by now
	await page.waitForURL(/\/learn\//);
	await expect(banner).toBeVisible();
	const status = (path: string, method = 'GET') =>
		page.evaluate(async ([path, method]) => (await fetch(path, { method, headers: { accept: 'text/html' } })).status, [
			path,
			method
		] as const);
	expect(await status('/my/elsewhere', 'POST')).toBe(403);
	expect([await status('/messages'), await status('/account'), await status('/my')]).toEqual([403, 403, 200]);
	await page.emulateMedia({ media: 'print' });
	await expect(banner).toBeVisible();
	await page.emulateMedia({ media: 'screen' });
	await page.getByRole('button', { name: 'Kết thúc' }).click();
	await page.waitForURL(/\/accounts\//);
	await expect(banner).toHaveCount(0);
	expect(await status('/messages')).toBe(200);

	const learner = await aBrowser(browser);
	await signIn(learner, 'hocvien');
	await learner.goto('/messages');
	await expect(learner.getByText('Quản trị đã xem hệ thống với tư cách Ông/Bà').first()).toBeVisible();
	await learner.context().close();
	await page.context().close();
});

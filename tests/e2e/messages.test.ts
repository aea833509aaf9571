import { expect, test } from '@playwright/test';
import { aBrowser, signIn } from '../support/people.ts';
import { countTaps } from '../support/taps.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('a learner saves a certificate to the phone in two taps, and anybody can check it', async ({ browser }) => {
	const page = await aBrowser(browser, { ...PHONE, acceptDownloads: true });
	await signIn(page, 'hocvien');
	await page.goto('/messages');
	const hand = countTaps();
	await hand.tap(page.getByRole('link', { name: 'Giấy chứng nhận đã được cấp' }).first());
	await page.waitForURL(/\/my\/certificates\//);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		hand.tap(page.getByRole('link', { name: 'Lưu về máy' }))
	]);
	expect(download.suggestedFilename()).toMatch(/^giay-chung-nhan-\d+-\d{4}\.pdf$/);
	expect(hand.count).toBe(2);
	const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator('main').innerText())![0];
	await page.context().close();

	const anybody = await aBrowser(browser, { javaScriptEnabled: false });
	await anybody.goto('/check');
	await anybody.getByLabel('Mã tra cứu').fill(code.toLowerCase());
	await anybody.getByRole('button', { name: 'Tra cứu' }).click();
	await expect(anybody.getByText(/Giấy chứng nhận hợp lệ, cấp ngày/)).toBeVisible();
	const shown = await anybody.locator('main dd').allInnerTexts();
	expect(shown).toHaveLength(3); // name, class, date: nothing else of the holder
	await anybody.context().close();
});

test('a ward sends a document with a file, and sees that it was read and confirmed', async ({ browser }) => {
	const sender = await aBrowser(browser);
	await signIn(sender, 'canbo.minhtam');
	await sender.goto('/announcements/new');
	const title = `Giấy mời họp giao ban ${Date.now()}`;
	await sender.getByLabel('Trích yếu, tiêu đề').fill(title);
	await sender.locator('textarea[name=body]').fill('Mời dự họp lúc 8 giờ.');
	await sender.locator('input[type=file]').setInputFiles({
		name: 'giay-moi.pdf',
		mimeType: 'application/pdf',
		buffer: Buffer.from('%PDF-1.4\n%%EOF\n')
	});
	await sender.getByLabel('Yêu cầu xác nhận đã nhận').check();
	await sender.getByRole('button', { name: 'Xem số người nhận' }).click();
	await expect(sender.getByText(/Số người nhận: [1-9]/)).toBeVisible();
	await sender.getByRole('button', { name: 'Gửi', exact: true }).click();
	await sender.waitForURL(/\/announcements\/[0-9a-f-]{36}/);

	const reader = await aBrowser(browser, PHONE);
	await signIn(reader, 'hocvien');
	await reader.goto('/messages?show=unread');
	const bell = reader.getByRole('link', { name: /Thông báo/ }).first();
	const waiting = Number(/\d+/.exec(await bell.innerText())?.[0]);
	await reader.getByRole('listitem').filter({ hasText: title }).getByRole('link').click();
	await expect(reader.getByRole('heading', { name: title })).toBeVisible();
	await expect(reader.getByRole('link', { name: 'giay-moi.pdf' })).toBeVisible();
	await reader.getByRole('button', { name: 'Xác nhận đã nhận' }).click();
	await expect(reader.getByText(/Ông\/Bà đã xác nhận lúc/)).toBeVisible();
	await expect(bell).toHaveAccessibleName(waiting > 1 ? new RegExp(`\\(${waiting - 1} `) : 'Thông báo');
	await reader.context().close();

	await sender.reload();
	await expect(sender.getByText('1/').first()).toBeVisible();
	await sender.context().close();
});

test('an administrator rewords a message and sees it as its reader will', async ({ page }) => {
	await signIn(page, 'quantri.tinh');
	await page.goto('/messages/texts/training.summoned');
	await page.getByLabel('Tiêu đề').fill('Mời tham gia lớp tập huấn');
	await page.getByLabel('Nội dung').fill('Lớp {className} mở đến {dueOn}.');
	await expect(page.getByText('Lớp Kỹ năng số trong công tác PBGDPL, đợt 2 mở đến 15/12/2026.')).toBeVisible();
	await page.getByRole('button', { name: 'Lưu' }).click();
	await expect(page.getByText('Đã lưu lời văn.')).toBeVisible();
	const fold = page.locator('details', { hasText: 'Trở về mặc định' });
	await fold.locator('summary').click();
	await fold.getByRole('button', { name: 'Trở về mặc định' }).click();
	await page.waitForURL(/\/messages\/texts$/);
	await expect(page.getByRole('link', { name: 'Ông/Bà được cử tham gia lớp tập huấn' })).toBeVisible();
});

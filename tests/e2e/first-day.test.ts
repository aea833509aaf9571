import { Secret, TOTP } from 'otpauth';
import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { aBrowser, signIn } from '../support/people.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function signedIn(browser: Browser, username: string, options: Parameters<typeof aBrowser>[1] = {}) {
	const page = await aBrowser(browser, options);
	await signIn(page, username);
	return page;
}

/** The first link of the page's content whose address matches. */
async function follow(page: Page, address: RegExp): Promise<void> {
	const links = page.locator('main a');
	await links.first().waitFor();
	const found = (await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))).find((href) =>
		address.test(href)
	);
	expect(found, `a link like ${address.source} on ${page.url()}`).toBeDefined();
	await page.goto(found!);
}

test('a learner asks under a lesson, the lecturer answers, the answer is accepted', async ({ browser }) => {
	const learner = await signedIn(browser, 'hocvien', PHONE);
	await follow(learner, /\/lessons\//);
	await learner.getByRole('link', { name: 'Hỏi đáp về bài học này' }).click();
	const question = `Áp dụng từ ngày nào? ${Date.now()}`;
	await learner.locator('input[name=title]').fill(question);
	await learner.locator('textarea[name=body]').fill('Đề án có hiệu lực với cấp xã từ khi nào?');
	await learner.getByRole('button', { name: 'Đăng', exact: true }).click();
	await learner.waitForURL(/\/discussions\//);

	const lecturer = await signedIn(browser, 'giangvien');
	await lecturer.goto('/teach/answers');
	await lecturer.getByRole('link', { name: question }).click();
	await lecturer.locator('textarea[name=body]').fill('Từ ngày ký quyết định; cấp xã theo kế hoạch của tỉnh.');
	await lecturer.getByRole('button', { name: 'Đăng', exact: true }).click();
	await expect(lecturer.getByText('Từ ngày ký quyết định')).toBeVisible();

	await learner.reload();
	await learner.getByRole('button', { name: 'Chấp nhận câu trả lời này' }).click();
	await expect(learner.getByText('Câu trả lời được chấp nhận')).toBeVisible();
	await lecturer.goto('/teach/answers');
	await expect(lecturer.getByRole('link', { name: question })).toHaveCount(0);
	await learner.context().close();
	await lecturer.context().close();
});

test('a topic of the forum is found without dấu, reported, and hidden with a reason', async ({ browser }) => {
	const author = await signedIn(browser, 'canbo.suoingoc');
	await author.goto('/forum/new');
	const mark = `Tủ sách ${Date.now()}`;
	await author.locator('input[name=title]').fill(`${mark} pháp luật ở thôn`);
	await author.locator('textarea[name=body]').fill('Cách làm của xã để người dân mượn sách.');
	await author.getByRole('button', { name: 'Đăng', exact: true }).click();
	await author.waitForURL(/\/discussions\//);

	const reader = await signedIn(browser, 'hocvien', PHONE);
	await reader.goto('/forum');
	await reader.locator('input[name=q]').fill(mark.replace('Tủ sách', 'tu sach'));
	await reader.locator('input[name=q]').press('Enter');
	await reader.getByRole('link', { name: new RegExp(mark) }).click();
	await reader.getByText('Báo cáo vi phạm').first().click();
	await reader.locator('form[action="?/report"] :is(input, textarea)[name=reason]').first().fill('Trùng nội dung');
	await reader.locator('form[action="?/report"] button').first().click();
	await expect(reader.getByText('Đã gửi báo cáo đến người quản trị diễn đàn.')).toBeVisible();

	const moderator = await signedIn(browser, 'pheduyet');
	await moderator.goto('/forum/reports');
	await expect(moderator.getByText(/Trùng nội dung/).first()).toBeVisible();
	await moderator.goto(reader.url().split('?')[0]!);
	await moderator.getByText('Ẩn nội dung').first().click();
	await moderator.locator('form[action="?/hide"] :is(input, textarea)[name=reason]').first().fill('Đã có chủ đề này');
	await moderator.locator('form[action="?/hide"] button').first().click();
	await expect(moderator.getByText('Chủ đề này đang bị ẩn')).toBeVisible();
	await reader.goto('/forum');
	await reader.locator('input[name=q]').fill(mark);
	await reader.locator('input[name=q]').press('Enter');
	await expect(reader.getByText('Chưa có chủ đề nào.')).toBeVisible();
	for (const page of [author, reader, moderator]) await page.context().close();
});

test('a document of the library is found without dấu, taken along and counted', async ({ browser }) => {
	const editor = await signedIn(browser, 'canbo.stp');
	await editor.goto('/library/new');
	const title = `Hỏi đáp Luật Căn cước ${Date.now()}`;
	await editor.locator('input[name=title]').fill(title);
	await editor.locator('textarea[name=summary]').fill('Mười câu hỏi thường gặp.');
	await editor.getByLabel('Nội dung có sử dụng trí tuệ nhân tạo').check();
	await editor
		.locator('input[type=file]')
		.setInputFiles({ name: 'hoi-dap.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
	await editor.getByRole('button', { name: 'Lưu' }).click();
	await editor.waitForURL(/\/library\/[0-9a-f-]{36}/);

	const reader = await signedIn(browser, 'hocvien', { ...PHONE, acceptDownloads: true });
	await reader.goto('/library');
	await reader
		.getByRole('searchbox', { name: 'Tìm kiếm' })
		.fill(title.replace('Hỏi đáp Luật Căn cước', 'hoi dap luat can cuoc'));
	await reader.getByRole('button', { name: 'Tìm', exact: true }).click();
	const row = reader.getByRole('listitem').filter({ hasText: title });
	await expect(row.getByText('Có sử dụng trí tuệ nhân tạo')).toBeVisible();
	await row.getByRole('link').click();
	const [download] = await Promise.all([
		reader.waitForEvent('download'),
		reader.getByRole('link', { name: /Tải về/ }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/hoi-dap\.pdf$/);
	await reader.goto('/library');
	await expect(reader.getByRole('listitem').filter({ hasText: title }).getByText('1 lượt tải')).toBeVisible();
	await editor.context().close();
	await reader.context().close();
});

test('a slip of paper is answered by nobody in particular, once, and counted', async ({ browser }) => {
	const unit = await signedIn(browser, 'canbo.minhtam');
	await unit.goto('/classes');
	await unit
		.getByRole('link', { name: /đợt đang mở/ })
		.first()
		.click();
	await unit.getByRole('link', { name: 'Phiếu đánh giá lớp' }).click();
	await unit.waitForURL(/\/survey$/);
	const survey = unit.url();
	await unit.getByLabel(/Cả danh sách lớp/).check();
	await unit.getByRole('button', { name: 'Tạo phiếu giấy' }).click();
	await unit.getByRole('link', { name: /^In \d+/ }).click();
	const code = (await unit.locator('article code').first().textContent())!;

	const nobody = await aBrowser(browser, PHONE);
	await nobody.goto('/survey');
	await nobody.locator('input[name=code]').fill(code.toLowerCase());
	await nobody.getByRole('button', { name: 'Mở phiếu' }).click();
	await nobody.waitForURL(/\/survey\/.+/);
	const form = nobody.url();
	for (const satisfied of await nobody.locator('input[type=radio][value="4"]').all()) await satisfied.check();
	await nobody.getByRole('button', { name: 'Gửi phiếu' }).click();
	await expect(nobody.getByText('Đã nhận phiếu. Cảm ơn Ông/Bà.')).toBeVisible();
	await nobody.goto(form);
	await expect(nobody.getByRole('button', { name: 'Gửi phiếu' })).toHaveCount(0);

	await unit.goto(survey);
	await expect(unit.getByText('Số phiếu thu').locator('..')).toContainText('1');
	await unit.context().close();
	await nobody.context().close();
});

test('a person takes the own data away, asks for a correction and is answered', async ({ browser }) => {
	const person = await signedIn(browser, 'hocvien', { ...PHONE, acceptDownloads: true });
	await person.goto('/account/data');
	const [download] = await Promise.all([
		person.waitForEvent('download'),
		person.getByRole('link', { name: 'Tải toàn bộ dữ liệu (JSON)' }).click()
	]);
	const data = JSON.parse(await readFile(await download.path(), 'utf8')) as { account: { username: string } };
	expect(data.account.username).toBe('hocvien');
	const asked = `Sửa chức vụ thành chuyên viên (${Date.now()})`;
	await person.getByLabel('Chỉnh sửa dữ liệu').check();
	await person.locator('textarea[name=text]').fill(asked);
	await person.getByRole('button', { name: 'Gửi đề nghị' }).click();
	await expect(person.getByText('Đã gửi đề nghị.')).toBeVisible();

	const unit = await signedIn(browser, 'canbo.minhtam');
	await unit.goto('/people/requests');
	const links = unit
		.getByRole('row')
		.filter({ hasText: 'Chờ trả lời' })
		.filter({ hasText: 'Hoàng Đạt' })
		.getByRole('link');
	await links.first().waitFor();
	for (const address of await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')!))) {
		await unit.goto(address);
		if ((await unit.getByText(asked).count()) > 0) break;
	}
	await expect(unit.getByText(asked)).toBeVisible();
	await unit.getByLabel('Đã thực hiện').check();
	await unit.locator('textarea[name=answer]').fill('Đã cập nhật chức vụ.');
	await unit.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect(unit.getByText('Đã cập nhật chức vụ.')).toBeVisible();
	await person.reload();
	await expect(person.getByText('Đã cập nhật chức vụ.')).toBeVisible();
	await unit.context().close();
	await person.context().close();
});

test('somebody turns the second step on, signs in with it, sees both devices and turns it off', async ({ browser }) => {
	const page = await signedIn(browser, 'theodoi');
	await page.goto('/account/two-step');
	await page.getByRole('button', { name: 'Thiết lập' }).click();
	const key = (await page.locator('code.key').textContent())!.replaceAll(/\s/g, '');
	const codeNow = (stepsAhead = 0) =>
		new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });
	await page.locator('input[name=code]').fill(codeNow());
	await page.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
	await expect(page.getByRole('heading', { name: 'Mã khôi phục' })).toBeVisible();
	await expect(page.locator('ul code')).toHaveCount(10);

	const other = await aBrowser(browser, PHONE);
	await other.goto('/sign-in');
	await other.locator('input[name=name]').fill('theodoi');
	await other.locator('input[name=password]').fill('MinhHoa-2026');
	await other.getByRole('button', { name: 'Đăng nhập' }).click();
	await other.waitForURL(/\/sign-in\/code/);
	await other.locator('input[name=code]').fill(codeNow(1)); // the code before was used to turn it on
	await other.getByRole('button', { name: 'Tiếp tục' }).click();
	await other.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	await other.goto('/account');
	await expect(
		other
			.getByText('Phiên này')
			.or(other.getByRole('button', { name: 'Đăng xuất' }))
			.first()
	).toBeVisible();
	await expect(other.locator('input[name=session]')).toHaveCount(2);

	await page.goto('/account/two-step');
	await page.locator('summary', { hasText: 'Tắt' }).click();
	await page.locator('form[action="?/turnOff"] button').click();
	await expect(page.getByRole('button', { name: 'Thiết lập' })).toBeVisible();
	await page.context().close();
	await other.context().close();
});

test('a learner reads a programme and prints the transcript with hours by year', async ({ browser }) => {
	const page = await signedIn(browser, 'hocvien');
	await page.goto('/programmes');
	await follow(page, /\/programmes\/[0-9a-f-]{36}$/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.getByRole('link', { name: /KC0|Nhập môn/ }).first()).toBeVisible();
	await page.goto('/my/transcript');
	await expect(page.getByText(/\d+ tiết/).first()).toBeVisible();
	expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
	await page.context().close();
});

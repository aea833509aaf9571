import sharp from 'sharp';
import { expect, test, type Page } from '@playwright/test';
import { activate, approve, beginCourse, openClass, summonOne, unfoldAndAdd } from '../support/course-steps.ts';
import { aBrowser, signIn } from '../support/people.ts';

const COURSE = 'Thực hành làm tờ gấp số';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const photograph = (colour: string) =>
	sharp({ create: { width: 1200, height: 1600, channels: 3, background: colour } })
		.jpeg()
		.toBuffer();

/** A practical work from the bank to the completed class: photographs, sent back once, marked by criteria. */
test('a work is handed in as a photograph, sent back, handed in again, marked, and completes the class', async ({
	browser
}) => {
	test.setTimeout(240_000);
	const trainer = await aBrowser(browser);
	await signIn(trainer, 'giangvien');
	await beginCourse(trainer, COURSE, 'Người học nộp một sản phẩm phổ biến, giáo dục pháp luật.');
	await unfoldAndAdd(trainer, 'Thêm học phần', 'Thực hành');
	await unfoldAndAdd(trainer, 'Thêm bài học', 'Bài thu hoạch', 'Bài kiểm tra');
	await putWorkIntoPaper(trainer);
	await trainer.getByRole('button', { name: 'Gửi duyệt' }).click();
	await expect(trainer.getByText('Chờ duyệt').first()).toBeVisible();

	const approver = await aBrowser(browser);
	await signIn(approver, 'pheduyet');
	await approve(approver, COURSE);
	const admin = await aBrowser(browser);
	await signIn(admin, 'canbo.stp');
	await openClass(admin, COURSE);
	const { classUrl, code } = await summonOne(admin);

	const learner = await aBrowser(browser, PHONE);
	await activate(learner, code);
	await learner.goto('/');
	await learner
		.getByRole('link', { name: /Vào học|Học tiếp/ })
		.first()
		.click();
	await learner.getByRole('button', { name: 'Bắt đầu làm bài' }).click();
	await learner.waitForURL(/\/attempts\//);
	const ownClass = learner.url().split('/lessons/')[0]!;
	await learner.locator('input[type=file]').setInputFiles({
		...{ name: 'to gap.jpg', mimeType: 'image/jpeg', buffer: await photograph('#b22') }
	});
	await expect(learner.getByRole('link', { name: 'to gap.webp' })).toBeVisible();
	await learner.getByLabel('Ghi chú kèm theo').fill('Tờ gấp về Luật Căn cước');
	await expect(learner.getByText(/Đã lưu lúc/)).toBeVisible();
	await learner.reload();
	await expect(learner.getByRole('link', { name: 'to gap.webp' })).toBeVisible();
	await learner.locator('summary', { hasText: 'Nộp bài' }).click();
	await learner.locator('button[formaction="?/submit"]').click();
	await expect(learner.getByText(/Kết quả sẽ có sau khi chấm xong/)).toBeVisible();

	await trainer.goto(classUrl);
	await openMarking(trainer);
	await expect(trainer.getByRole('img', { name: 'Ảnh đã nộp: 1.webp' })).toBeVisible();
	const back = trainer.locator('details', { has: trainer.locator('summary', { hasText: 'Trả lại để chỉnh sửa' }) });
	await back.locator('summary').click();
	await back.locator('textarea[name=comment]').fill('Ghi số, ký hiệu của luật');
	await back.locator('input[name=dueOn]').fill('31/12/2099');
	await back.getByRole('button', { name: 'Trả lại để chỉnh sửa' }).click();
	await expect(trainer.getByText('Đã trả lại cho người học.')).toBeVisible();

	await learner.goto('/messages');
	await learner.getByRole('link', { name: 'Bài thu hoạch được trả lại để chỉnh sửa' }).first().click();
	await expect(learner.getByText('Ghi số, ký hiệu của luật')).toBeVisible();
	await learner.getByRole('button', { name: 'Bỏ tệp to gap.webp' }).click();
	await learner.locator('input[type=file]').setInputFiles({
		...{ name: 'to gap moi.jpg', mimeType: 'image/jpeg', buffer: await photograph('#2b2') }
	});
	await expect(learner.getByRole('link', { name: 'to gap moi.webp' }).first()).toBeVisible();
	await learner.getByRole('button', { name: 'Nộp lại' }).click();
	await expect(learner.getByText('Đã nộp lại, chờ chấm.')).toBeVisible();

	await trainer.reload();
	await trainer.locator('summary', { hasText: 'Các bản đã nộp trước (1)' }).click();
	await expect(trainer.getByRole('img', { name: 'Ảnh đã nộp: 1.webp' })).toHaveCount(2);
	for (const criterion of await trainer.locator('form[action="?/mark"] input[inputmode=decimal]').all())
		await criterion.fill('2');
	await trainer.getByRole('button', { name: 'Lưu điểm' }).click();
	await expect(trainer.getByText('Đã lưu điểm.')).toBeVisible();
	await expect(async () => {
		await learner.goto(ownClass);
		await expect(learner.getByText(/Ông\/Bà đã hoàn thành lớp này/)).toBeVisible({ timeout: 1000 });
	}).toPass({ timeout: 30_000 });
	for (const page of [trainer, approver, admin, learner]) await page.context().close();
});

async function putWorkIntoPaper(page: Page): Promise<void> {
	const lesson = page.url();
	await page.getByRole('link', { name: 'Soạn đề và quy định làm bài' }).click();
	await page.locator('input[name=q]').fill('bai thuc hanh');
	await page.getByRole('button', { name: 'Tìm', exact: true }).click();
	await page.getByRole('checkbox', { name: /Bài thực hành/ }).check();
	await page.getByRole('button', { name: 'Thêm câu đã chọn' }).click();
	await expect(page.getByText(/Mỗi lượt 0?1 câu/).first()).toBeVisible();
	await page.goto(lesson);
	await page.getByRole('link', { name: new RegExp(`– ${COURSE}`) }).click();
	await page.waitForURL(/\/teach\/courses\/[0-9a-f-]{36}$/);
}

async function openMarking(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Bài thu hoạch' }).click();
	await page.getByRole('link', { name: 'Chấm bài tự luận, bài thu hoạch' }).click();
}

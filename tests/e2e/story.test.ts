import { rm } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import {
	activate,
	approve,
	beginCourse,
	confirm,
	openClass,
	summonOne,
	unfoldAndAdd
} from '../support/course-steps.ts';
import { aBrowser, figure, signIn } from '../support/people.ts';
import { aLectureFile } from '../support/lecture-file.ts';

const LECTURE_S = 62;
const COURSE = `Kể chuyện pháp luật bằng video ngắn ${process.env.STORY_SUFFIX ?? ''}`.trim();
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** The main job from end to end, on the built product: real file, database, worker, storage, browser. */
test('a lecture goes in, an official learns from it, and both shares move', async ({ browser }) => {
	test.setTimeout(480_000);
	const { file, dir } = await aLectureFile(LECTURE_S);
	try {
		const province = await aBrowser(browser);
		await signIn(province, 'quantri.tinh');
		const before = await shares(province);

		await test.step('a trainer writes a course and uploads a lecture', async () => {
			const page = await aBrowser(browser);
			await signIn(page, 'giangvien');
			await writeCourse(page);
			await uploadLecture(page, file);
			await page.getByRole('link', { name: 'Xem như học viên' }).first().click();
			await expect(page.getByText('Đây là bản xem trước')).toBeVisible();
			await page.goBack();
			await page.waitForURL(/\/teach\/courses\/[0-9a-f-]{36}$/);
			await page.getByRole('button', { name: 'Gửi duyệt' }).click();
			await expect(page.getByText('Chờ duyệt').first()).toBeVisible();
			await page.context().close();
		});

		await test.step('another person approves it', async () => {
			const page = await aBrowser(browser);
			await signIn(page, 'pheduyet');
			await approve(page, COURSE);
			await page.context().close();
		});

		const admin = await aBrowser(browser);
		const learner =
			await test.step("a unit's admin opens a class, summons one person and prints the slip", async () => {
				await signIn(admin, 'canbo.minhtam');
				await openClass(admin, COURSE);
				return summonOne(admin);
			});
		const classUrl = learner.classUrl;

		await test.step('the learner activates the account from the slip and watches the lecture to its end', async () => {
			const page = await aBrowser(browser, PHONE);
			await activate(page, learner.code);
			await page
				.getByRole('link', { name: /Vào học|Học tiếp/ })
				.first()
				.click();
			await watch(page);
			await expect(page.getByText(/Ông\/Bà đã hoàn thành lớp này/)).toBeVisible();
			await page.context().close();
		});

		await test.step('the trained share moves at once, the online share when the class is closed', async () => {
			const learned = await shares(province);
			expect(learned.people).toEqual({ part: before.people.part + 1, whole: before.people.whole });
			expect(learned.activities).toEqual(before.activities);
			await endClass(admin, classUrl);
			const ended = await shares(province);
			expect(ended.activities).toEqual({ part: before.activities.part + 1, whole: before.activities.whole + 1 });
		});

		await test.step('the figure opens its list, down to the person', async () => {
			await province.goto('/targets');
			const { people } = await shares(province);
			await province.goto('/targets/people?trained=yes');
			await expect(
				province.getByText(new RegExp(`Tổng số: 0?${people.part.toLocaleString('vi-VN')}\\b`))
			).toBeVisible();
		});
	} finally {
		await rm(dir, { recursive: true, force: true });
	}
});

async function shares(page: Page) {
	await page.goto('/targets');
	return { people: await figure(page, 'người'), activities: await figure(page, 'hoạt động') };
}

async function writeCourse(page: Page): Promise<void> {
	await beginCourse(page, COURSE, 'Người học dựng được một video ngắn từ một điều luật.');
	await unfoldAndAdd(page, 'Thêm học phần', 'Từ điều luật đến thông điệp');
	await unfoldAndAdd(page, 'Thêm bài học', 'Chọn tình huống');
	await expect(page.getByRole('heading', { name: 'Chọn tình huống' })).toBeVisible();
}

async function uploadLecture(page: Page, file: string): Promise<void> {
	await page.locator('input[type=file]').first().setInputFiles(file);
	await expect(page.getByText(/Sẵn sàng/).first()).toBeVisible({ timeout: 150_000 });
	await page.getByRole('link', { name: new RegExp(`– ${COURSE}`) }).click();
	await page.waitForURL(/\/teach\/courses\/[0-9a-f-]{36}$/);
}

async function watch(page: Page): Promise<void> {
	await page.locator('label', { hasText: 'Tốc độ' }).locator('select').selectOption('2');
	await page.getByRole('button', { name: /Phát bài giảng/ }).click();
	await expect(page.getByText(/Đã lưu lúc \d\d:\d\d/).first()).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText('Đã hoàn thành bài này').first()).toBeVisible({ timeout: 90_000 });
}

async function endClass(page: Page, classUrl: string): Promise<void> {
	await page.goto(classUrl);
	await confirm(page, 'Kết thúc lớp', 'Xác nhận');
	await expect(page.getByText('Đã kết thúc').first()).toBeVisible();
}

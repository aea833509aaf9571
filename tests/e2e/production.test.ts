import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, type Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { openDatabase } from '#lib/server/platform/database.ts';
import { freePort } from '#lib/server/platform/free-port.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { aLectureFile } from '../support/lecture-file.ts';
import { aBrowser, readNotice } from '../support/people.ts';

const PASSWORD = 'hoa mai vàng 2026';

/** What an operator sets; `DATABASE_URL` and `ORIGIN` mean production. */
const production = (databaseUrl: string, folder: string, port: number) => ({
	PATH: process.env.PATH ?? '',
	NODE_ENV: 'production',
	DATABASE_URL: databaseUrl,
	ORIGIN: `http://localhost:${port}`,
	SECRET_KEY: 'a secret of this test and of nothing else',
	DATA_DIR: path.join(folder, 'data'),
	PORT: String(port)
});

/** A production on one machine with a database of its own: `DATABASE_URL` and `ORIGIN` set. */
async function startProduction() {
	const cluster = await startTestCluster();
	await makeDatabase(cluster);
	const env = production(cluster.postgres.url('province'), cluster.folder, await freePort());
	const product = spawn(process.execPath, ['src/entry/one-machine.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	const said = listen(product);
	const stop = async () => {
		if (product.exitCode === null) {
			product.kill('SIGTERM');
			await new Promise((resolve) => product.once('exit', resolve));
		}
		await cluster.remove();
	};
	for (const end = Date.now() + 120_000; ; await sleep(200)) {
		const answer = await fetch(`${env.ORIGIN}/readyz`).catch(() => undefined);
		if (answer?.ok) return { env, said, stop, folder: cluster.folder };
		if (Date.now() < end && product.exitCode === null) continue;
		await stop();
		throw new Error(`the production did not start\n${said()}`);
	}
}

async function makeDatabase({ postgres }: TestCluster): Promise<void> {
	const admin = openDatabase(postgres.url('postgres'), { max: 1 });
	await admin.sql.unsafe('create database province');
	await admin.close();
}

function listen(child: ChildProcess): () => string {
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (said += part.toString()));
	return () => said;
}

type Answer = { code: number; data: Record<string, unknown>; text: string };

/** The operator's command line as the operator calls it, with `--json`. */
function cli(env: Record<string, string>, ...words: string[]): Promise<Answer> {
	return new Promise((resolve) => {
		execFile(process.execPath, ['src/entry/cli.ts', ...words, '--json'], { env }, (error, stdout, stderr) => {
			const data = (stdout ? JSON.parse(stdout) : {}) as Record<string, unknown>;
			resolve({ code: typeof error?.code === 'number' ? error.code : 0, data, text: stdout + stderr });
		});
	});
}

test('a database that cannot be used is told in a sentence, without the password', async () => {
	const { postgres, folder, remove } = await startTestCluster();
	const port = await freePort();
	try {
		const start = (url: string) =>
			new Promise<string>((resolve) => {
				const env = production(url, folder, port);
				execFile(process.execPath, ['src/entry/one-machine.ts'], { env }, (_, stdout, stderr) =>
					resolve(stdout + stderr)
				);
			});
		expect(await start(postgres.url('postgres'))).toContain('GRANT CREATE ON DATABASE postgres');
		expect(await start(postgres.url('khong_co'))).toContain('CREATE DATABASE');
		const refused = await start(postgres.url('postgres').replace(/:[^:@]+@/, ':sai-mat-khau@'));
		expect(refused).toContain('từ chối tên hoặc mật khẩu');
		expect(await start('postgres://a:bi-mat@127.0.0.1:9/x')).toContain('Không kết nối được PostgreSQL tại 127.0.0.1:9');
		expect(refused).not.toMatch(/sai-mat-khau|\bat .*\.ts/);
	} finally {
		await remove();
	}
});

test('a province begins with the command line and the first-run wizard, and finds nobody of the demo', async ({
	browser
}) => {
	test.setTimeout(300_000);
	const { env, folder, said, stop } = await startProduction();
	try {
		await test.step('no account exists until the operator makes one', async () => {
			const page = await aBrowser(browser, { baseURL: env.ORIGIN });
			await enter(page, 'quantri.tinh', 'MinhHoa-2026');
			await expect(page.getByRole('alert').first()).toBeVisible();
			await expect(page.getByText('Dữ liệu minh họa')).toHaveCount(0);
			await page.context().close();
			expect(said()).not.toContain('MinhHoa-2026');
		});
		const doctor = await cli(env, 'doctor');
		expect(doctor.code, doctor.text).toBe(0);
		const made = await cli(
			...[env, 'account', 'create', '--admin', '--username', 'quantri', '--name', 'Trần Thị Quản Trị'],
			...['--province', 'Tỉnh Thử Nghiệm']
		);
		expect(made.code, made.text).toBe(0);
		const page = await aBrowser(browser, { baseURL: env.ORIGIN });
		await test.step('the first sign-in asks for a password of one’s own and leads to the wizard', async () => {
			await enter(page, 'quantri', String(made.data.password));
			await page.waitForURL('**/password');
			await page.locator('input[name=currentPassword]').fill(String(made.data.password));
			await page.locator('input[name=password]').fill(PASSWORD);
			await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
			await page.waitForURL((url) => url.pathname !== '/password');
			await readNotice(page);
			await page.goto('/');
			await page.getByRole('link', { name: 'Mở thiết lập ban đầu' }).first().click();
			await page.waitForURL('**/setup');
		});
		await test.step('units are pasted; a wrong line writes nothing and keeps what was typed', async () => {
			const table = page.locator('textarea[name=table]');
			await table.fill('TN-STP; Sở Tư pháp; Sở;\nTN-01; UBND xã Một; Hành tinh;');
			await page.getByRole('button', { name: 'Thêm đơn vị' }).click();
			await expect(page.getByText('Chưa thêm đơn vị nào')).toBeVisible();
			await expect(table).toHaveValue(/Hành tinh/);
			await table.fill('TN-STP; Sở Tư pháp; Sở;\nTN-01; UBND xã Một; Xã;');
			await page.getByRole('button', { name: 'Thêm đơn vị' }).click();
			await expect(page.getByText('Đã thêm')).toBeVisible();
		});
		await test.step('the operator imports the roster: first dry, then for good, twice without a change', async () => {
			const file = path.join(folder, 'danh-sach.xlsx');
			await writeFile(file, await aRoster());
			const words = ['import-roster', file, '--unit', 'TN-01', '--category', 'legal_propagandist'];
			words.push('--from', '01/01/2026');
			expect((await cli(env, ...words, '--dry-run')).data).toMatchObject({ state: 'checked', created: 3, failed: 1 });
			expect((await cli(env, ...words)).data).toMatchObject({ state: 'imported', created: 3, failed: 1 });
			expect((await cli(env, ...words)).data).toMatchObject({ created: 0, unchanged: 3 });
			expect((await cli(env, 'seed')).code).toBe(1);
			const figures = await cli(env, 'indicators', '--unit', 'TN-01');
			expect(figures.data).toMatchObject({ unit: 'TN-01', trained: { part: 0, whole: 3, verdict: 'missed' } });
			expect((await cli(env, 'indicators', '--unit', 'KHONG-CO')).code).toBe(2);
		});
		await test.step('a lecture of the operator ends up in a course that a trainer began', async () => {
			await page.goto('/teach/courses/new');
			await page.locator('select[name=unitId]').selectOption({ index: 1 });
			await page.locator('input[name=title]').fill('Kỹ năng số cơ bản');
			await page.locator('input[name=code]').fill('KC90');
			await page.locator('textarea[name=summary]').fill('Những kỹ năng đầu tiên.');
			await page.locator('input[name=teachingPeriods]').fill('2');
			await page.getByRole('button', { name: 'Thêm mới' }).click();
			await page.waitForURL(/\/teach\/courses\/[0-9a-f-]{36}$/);
			const { file, dir } = await aLectureFile(6);
			try {
				const out = path.join(dir, 'out');
				expect((await cli(env, 'transcode', file, '--out', out)).code).toBe(0);
				const text = path.join(dir, 'bai.mp4');
				await writeFile(text, '#EXTM3U\nfile:///etc/passwd\n');
				expect((await cli(env, 'transcode', text, '--out', out)).code).toBe(1);
				const added = await cli(env, 'lecture', 'add', file, '--course', 'KC90', '--title', 'Bài một');
				expect(added.data, added.text).toMatchObject({ state: 'ready' });
			} finally {
				await rm(dir, { recursive: true, force: true });
			}
			await page.reload();
			await expect(page.getByText('Bài một').first()).toBeVisible();
		});
		await test.step('the wizard then shows what is left to do', async () => {
			await page.goto('/setup');
			await expect(page.getByText('Đã có đơn vị và danh sách đối tượng')).toBeVisible();
			await page.getByRole('link', { name: 'Mở thiết lập chỉ tiêu' }).click();
			await page.waitForURL('**/targets/settings');
			await page.locator('input[name=planNo]').first().fill('Kế hoạch số 12/KH-UBND ngày 15/01/2026');
			await page.getByRole('button', { name: 'Lưu' }).first().click();
			await expect(page.getByText('Đã lưu.').first()).toBeVisible();
		});
		await page.context().close();
		const reset = await cli(env, 'account', 'reset-password', '--username', 'quantri');
		expect(reset.code, reset.text).toBe(0);
	} finally {
		await stop();
	}
});

async function enter(page: Page, name: string, password: string): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('input[name=name]').fill(name);
	await page.locator('input[name=password]').fill(password);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

/** Three people and a row without a name. */
async function aRoster(): Promise<Buffer> {
	const book = new ExcelJS.Workbook();
	book.addWorksheet('Danh sách').addRows([
		['STT', 'Họ và tên', 'Năm sinh'],
		[1, 'Nguyễn Văn An', 1975],
		[2, 'Lò Thị Bình', 1980],
		[3, 'Tráng A Chư', 1969],
		[4, '', 1990]
	]);
	return Buffer.from(await book.xlsx.writeBuffer());
}

/**
 * Takes the pictures of docs/guides from a running product with demo data, so that they are real and can be taken anew:
 * `npm start`, then `node tests/screenshots/guides.ts http://localhost:3000`.
 */
import type { Browser, Page } from '@playwright/test';
import path from 'node:path';
import sharp from 'sharp';
import { signIn } from '../support/people.ts';
import { aBrowserProgram } from '../support/scorm-browser.ts';

const FOLDER = path.join(import.meta.dirname, '../../docs/guides/images');
const PHONE = { width: 390, height: 720 };
const DESK = { width: 1000, height: 680 };

type Shot = Readonly<{
	name: string;
	/** Demo account; null for what anybody sees. */
	by: string | null;
	size: { width: number; height: number };
	at: string | ((page: Page) => Promise<void>);
	/** The whole window; otherwise the picture begins at the page's heading. */
	isWhole?: boolean;
}>;

/** Follows, page after page, the first link whose address is one thing of a kind (`/teach/courses/<id>`). */
const follow =
	(start: string, ...kinds: readonly string[]) =>
	async (page: Page) => {
		await page.goto(start);
		for (const kind of kinds) {
			const links = page.locator(`main a[href*="${kind}"]`);
			await links.first().waitFor();
			const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
			const one = addresses.find((address) => new RegExp(`${kind}[0-9a-f-]{36}$`).test(address));
			if (!one) throw new Error(`${page.url()} has no link to a ${kind}`);
			await page.goto(one);
		}
	};

const SHOTS: readonly Shot[] = [
	{ name: 'hoc-vien-dang-nhap', by: null, size: PHONE, at: '/sign-in', isWhole: true },
	{ name: 'hoc-vien-trang-chu', by: 'hocvien', size: PHONE, at: '/', isWhole: true },
	{ name: 'hoc-vien-bai-giang', by: 'hocvien', size: PHONE, at: follow('/', '/lessons/') },
	{ name: 'hoc-vien-ho-so', by: 'hocvien', size: PHONE, at: '/my' },
	{ name: 'giang-vien-khoa-hoc', by: 'giangvien', size: DESK, at: follow('/teach/courses', '/teach/courses/') },
	{
		name: 'giang-vien-bai-giang',
		by: 'giangvien',
		size: DESK,
		at: follow('/teach/courses', '/teach/courses/', '/lessons/')
	},
	{ name: 'giang-vien-ngan-hang', by: 'giangvien', size: DESK, at: '/teach/questions' },
	{ name: 'giang-vien-nhap-cau-hoi', by: 'giangvien', size: DESK, at: '/teach/questions/import' },
	{ name: 'duyet-noi-dung', by: 'pheduyet', size: DESK, at: follow('/teach/reviews', '/teach/reviews/') },
	{ name: 'dau-moi-danh-sach', by: 'canbo.stp', size: DESK, at: '/people' },
	{ name: 'dau-moi-mo-lop', by: 'canbo.minhtam', size: DESK, at: '/classes/new' },
	{ name: 'dau-moi-lop', by: 'canbo.minhtam', size: DESK, at: follow('/classes?status=ongoing', '/classes/') },
	{ name: 'dau-moi-ghi-nhan', by: 'canbo.suoingoc', size: PHONE, at: '/classes/record' },
	{ name: 'dau-moi-bao-cao', by: 'canbo.minhtam', size: DESK, at: follow('/reports', '/units/') },
	{ name: 'quan-tri-chi-tieu', by: 'quantri.tinh', size: DESK, at: '/targets' },
	{ name: 'quan-tri-nguoi-con-thieu', by: 'quantri.tinh', size: DESK, at: '/targets/people' },
	{ name: 'quan-tri-sap-xep', by: 'quantri.tinh', size: DESK, at: '/units/reorganise/new' },
	{ name: 'quan-tri-bao-cao', by: 'quantri.tinh', size: DESK, at: follow('/reports', '/reports/') },
	{ name: 'quan-tri-du-lieu-ca-nhan', by: 'kythuat', size: DESK, at: '/personal-data' }
];

async function take(browser: Browser, origin: string, { name, by, size, at, isWhole }: Shot): Promise<void> {
	const context = await browser.newContext({
		baseURL: origin,
		viewport: size,
		locale: 'vi-VN',
		deviceScaleFactor: 1.5
	});
	const page = await context.newPage();
	if (by) await signIn(page, by);
	if (typeof at === 'string') await page.goto(at);
	else await at(page);
	await page.waitForLoadState('networkidle');
	await page.evaluate(() => document.fonts.ready);
	if (!isWhole) {
		const heading = page.locator('h1').first();
		await heading.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top - 16));
	}
	const picture = await page.screenshot();
	await sharp(picture)
		.webp({ quality: 68 })
		.toFile(path.join(FOLDER, `${name}.webp`));
	console.log(name);
	await context.close();
}

const [origin = 'http://localhost:3000', only = ''] = process.argv.slice(2);
const browser = await aBrowserProgram();
try {
	for (const shot of SHOTS.filter(({ name }) => name.includes(only))) await take(browser, origin, shot);
} finally {
	await browser.close();
}

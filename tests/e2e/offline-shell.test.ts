import { expect, test } from '@playwright/test';

test('installable, and without a network a page that says so and then goes on', async ({ page, context, request }) => {
	const manifest = (await (await request.get('/manifest.webmanifest')).json()) as { icons: { src: string }[] };
	for (const { src } of manifest.icons)
		expect((await request.get(src)).headers()['content-type'], src).toBe('image/png');
	await page.goto('/sign-in');
	await expect(page.locator('link[rel=manifest]')).toHaveAttribute('href', '/manifest.webmanifest');
	await page.evaluate(async () => void (await navigator.serviceWorker.ready));
	await context.setOffline(true);
	await page.goto('/courses');
	await expect(page.getByRole('heading', { name: 'Không có kết nối mạng' })).toBeVisible();
	const kept = await page.evaluate(async () => {
		const names = await caches.keys();
		const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
		return requests.flat().map(({ url }) => new URL(url).pathname);
	});
	expect(kept).toEqual(['/offline.html']);
	await context.setOffline(false);
	await page.getByRole('link', { name: 'Thử lại' }).click();
	await expect(page).toHaveURL(/\/sign-in/);
});

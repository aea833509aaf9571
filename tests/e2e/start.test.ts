import { expect, test } from '@playwright/test';

test('a newcomer reaches the sign-in page in Vietnamese, also by the numeric address', async ({ page, baseURL }) => {
	await page.goto('/');
	await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
	await expect(page.getByRole('button', { name: 'Đăng nhập' })).toBeVisible();
	const address = new URL(baseURL ?? '');
	await page.goto(`http://127.0.0.1:${address.port}/`);
	expect(new URL(page.url()).host).toBe(address.host);
});

test('the product tells that it is alive and ready', async ({ request }) => {
	expect((await request.get('/healthz')).status()).toBe(200);
	expect((await request.get('/readyz')).status()).toBe(200);
});

test('no answer goes without the headers that browsers need to protect people', async ({ request }) => {
	for (const path of ['/', '/no-such-page', '/favicon.svg', '/media/x', '/uploads/x']) {
		const headers = (await request.get(path, { maxRedirects: 0 })).headers();
		expect(headers['x-content-type-options'], path).toBe('nosniff');
		expect(headers['x-request-id'], path).toMatch(/^[\w-]{8,}$/);
	}
});

test('an address with a NUL is refused in a sentence, not with a fault', async ({ request }) => {
	for (const path of ['/rate?x=%00', '/check/%00', '/sign-in?next=/a%00b']) {
		const answer = await request.get(path, { headers: { accept: 'text/html' } });
		expect([path, answer.status()]).toEqual([path, 400]);
		expect(await answer.text()).toContain('ký tự không hợp lệ');
	}
});

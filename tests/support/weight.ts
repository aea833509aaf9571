import type { Page } from '@playwright/test';

/** Bytes that came over the wire for a page, headers and body as compressed, by what they were. */
export type Weight = Readonly<{ total: number; byType: Readonly<Record<string, number>> }>;

/** Everything a browser with an empty cache loads for a page until the network rests. */
export async function weighPage(page: Page, path: string): Promise<Weight> {
	const cdp = await page.context().newCDPSession(page);
	const types = new Map<string, string>();
	const byType: Record<string, number> = {};
	await cdp.send('Network.enable');
	await cdp.send('Network.clearBrowserCache');
	cdp.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
	cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const type = types.get(requestId) ?? 'Other';
		byType[type] = (byType[type] ?? 0) + encodedDataLength;
	});
	await page.goto(path, { waitUntil: 'networkidle' });
	await cdp.detach();
	return { total: Object.values(byType).reduce((sum, bytes) => sum + bytes, 0), byType };
}

// What is there without a network: a page that says so. Nothing else is kept or answered here, so that no page about a
// person stays on a shared computer and none is ever out of date (docs/adr/0116).
import { version } from '$service-worker';

/**
 * What of a worker's world is used here. TypeScript's own `webworker` library would change the types of every page, since
 * one program holds them all.
 */
type Lasting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Lasting & {
	request: Request;
	preloadResponse: Promise<Response | undefined>;
	respondWith(answer: Promise<Response>): void;
};
const worker = self as unknown as {
	addEventListener(name: 'install' | 'activate', listen: (event: Lasting) => void): void;
	addEventListener(name: 'fetch', listen: (event: Fetching) => void): void;
	skipWaiting(): Promise<void>;
	registration: ServiceWorkerRegistration;
	clients: { claim(): Promise<void> };
};
const CACHE = `offline-${version}`;
const PAGE = '/offline.html';

worker.addEventListener('install', (event) => {
	event.waitUntil(caches.open(CACHE).then((cache) => cache.add(PAGE)));
	void worker.skipWaiting();
});

worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(
		names.filter((name) => name.startsWith('offline-') && name !== CACHE).map((name) => caches.delete(name))
	);
	// The network is asked while this worker starts: it costs a slow phone nothing.
	await worker.registration.navigationPreload?.enable();
	await worker.clients.claim();
}

worker.addEventListener('fetch', (event) => {
	if (event.request.mode === 'navigate' && event.request.method === 'GET') event.respondWith(navigate(event));
});

async function navigate(event: Fetching): Promise<Response> {
	try {
		return (await event.preloadResponse) ?? (await fetch(event.request));
	} catch (error) {
		const page = await caches.match(PAGE);
		if (page) return page;
		throw error;
	}
}

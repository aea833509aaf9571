import { json } from '@sveltejs/kit';
import { checkReadiness } from '#lib/server/platform/readiness.ts';
import { processServices } from '#lib/server/platform/services.ts';
import type { RequestHandler } from './$types';

/** Ready: database, queue and object store answer. 503 names what does not, for the load balancer and for people. */
export const GET: RequestHandler = async () => {
	const { isReady, parts } = await checkReadiness(await processServices());
	return json({ ready: isReady, ...parts }, { status: isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } });
};

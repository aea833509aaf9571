import { error } from '@sveltejs/kit';
import { mayScrape, metricsText } from '#lib/server/platform/metrics.ts';
import { processServices } from '#lib/server/platform/services.ts';
import type { RequestHandler } from './$types';

/** Numbers for Prometheus. Without METRICS_TOKEN, and for whoever does not know it, there is no such page. */
export const GET: RequestHandler = async ({ request }) => {
	const services = await processServices();
	if (!mayScrape(services.config, request.headers.get('authorization'))) error(404, { message: 'not_found' });
	const { contentType, body } = await metricsText(services);
	return new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
};

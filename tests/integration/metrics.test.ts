import { expect } from 'vitest';
import { loadConfig } from '#lib/server/platform/config.ts';
import { keepMetrics, mayScrape, metricsText, observeRequest } from '#lib/server/platform/metrics.ts';
import { test } from '../support/test.ts';

test('numbers of this process and of all together, in the text that Prometheus reads', async ({ services, ctx }) => {
	const config = { metricsToken: 'a-token-of-24-characters' };
	observeRequest({ method: 'GET', route: '/never', status: 200, seconds: 1 });
	keepMetrics({});
	keepMetrics(config);
	observeRequest({ method: 'GET', route: '/(learn)/my', status: 204, seconds: 0.02 });
	await ctx.queue.send(ctx.db, 'assessment.convert_media', { mediaId: '00000000-0000-4000-8000-000000000000' });
	const { contentType, body } = await metricsText(services);
	expect(contentType).toContain('text/plain; version=0.0.4');
	expect(body).toContain('buc_giang_http_request_seconds_count{method="GET",route="/(learn)/my",status="2xx"} 1');
	expect(body).toContain('buc_giang_jobs{queue="assessment.convert_media",state="created"} 1');
	expect(body).toMatch(/buc_giang_job_lag_seconds\{queue="assessment.convert_media"\} \d/);
	expect(body).toMatch(/^process_resident_memory_bytes \d+/m);
	expect(body).not.toContain('/never');
	const again = (await metricsText(services)).body;
	expect(again.match(/^# TYPE buc_giang_jobs gauge$/gm)).toHaveLength(1);
});

test('only with the token, and never without one being set', () => {
	const config = { metricsToken: 'a-token-of-24-characters' };
	expect(mayScrape(config, 'Bearer a-token-of-24-characters')).toBe(true);
	expect(mayScrape(config, 'Bearer a-token-of-24-characterZ')).toBe(false);
	expect(mayScrape(config, null)).toBe(false);
	expect(mayScrape({}, 'Bearer ')).toBe(false);
	const env = { DATABASE_URL: 'postgres://x', DATA_DIR: '/tmp', SECRET_KEY: 'x'.repeat(32) };
	expect(() => loadConfig({ ...env, METRICS_TOKEN: 'short' })).toThrow('METRICS_TOKEN');
});

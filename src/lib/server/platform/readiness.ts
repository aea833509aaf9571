import { setTimeout as sleep } from 'node:timers/promises';
import { recordOf } from './failure.ts';
import { log } from './log.ts';
import type { Services } from './services.ts';

const PATIENCE_MS = 3000;

type Part = 'database' | 'queue' | 'storage';

/** Whether each thing a request needs answers within three seconds. Reasons go to the log, not to the asker. */
export async function checkReadiness(
	services: Pick<Services, 'pool' | 'queue' | 'storage'>
): Promise<{ isReady: boolean; parts: Record<Part, 'ok' | 'unavailable'> }> {
	const checks: Record<Part, () => Promise<unknown>> = {
		database: () => services.pool.sql`select 1`,
		queue: () => services.pool.sql`select 1 from pgboss.version`,
		storage: () => services.storage.check()
	};
	const names = Object.keys(checks) as Part[];
	const answers = await Promise.all(names.map(async (name) => [name, await tryPart(name, checks[name])] as const));
	const parts = Object.fromEntries(answers) as Record<Part, 'ok' | 'unavailable'>;
	return { isReady: names.every((name) => parts[name] === 'ok'), parts };
}

async function tryPart(name: Part, check: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
	const giveUp = new AbortController();
	const tooLong = sleep(PATIENCE_MS, undefined, { signal: giveUp.signal }).then(
		() => Promise.reject(new Error(`no answer within ${PATIENCE_MS} ms`)),
		() => {}
	);
	try {
		await Promise.race([check(), tooLong]);
		return 'ok';
	} catch (error) {
		log.warn({ part: name, error: recordOf(error) }, 'not ready');
		return 'unavailable';
	} finally {
		giveUp.abort();
	}
}

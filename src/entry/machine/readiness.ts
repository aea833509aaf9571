import { setTimeout as sleep } from 'node:timers/promises';
import { endOfLog, type Children } from './children.ts';
import { StartError } from './progress.ts';

const PATIENCE_MS = 90_000;

/** Waits until the web process answers. @throws {StartError} when it does not, with the end of its log */
export async function waitForWeb(port: number, host: string, children: Children, logDir?: string): Promise<void> {
	const address = `http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}/healthz`;
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
		const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
		await answer?.body?.cancel();
		if (answer && answer.status < 500) return;
		if (children.crashing().includes('web')) break;
	}
	const log = logDir ? await endOfLog(logDir, 'web') : '';
	throw new StartError(
		`Tiến trình web không chạy được. Dòng cuối của nhật ký:\n${log}`,
		'The web process does not come up; the end of its log is above.'
	);
}

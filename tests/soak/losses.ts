import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { closePackage } from '../support/scorm-browser.ts';

/** What a loss may do to a run. */
type Scene = Readonly<{
	page: Page;
	random(): number;
	killBrowser(): Promise<void>;
	/** Ends the web process with this signal and starts the next on the same port. */
	restartServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}>;

/**
 * A way to lose work. `lossS`: seconds of work that may be gone afterwards: a killed browser takes along what it had not
 * sent (saved every five seconds), everything else nothing.
 */
export type Loss = Readonly<{ name: string; lossS: number; strike(scene: Scene): Promise<void> }>;

const KILLED_LOSS_S = 10;
const SAVED_MS = 60_000;

const closeTab = ({ page }: Scene) => page.close({ runBeforeUnload: false });

/** The learner goes on after the loss, sees that all is saved, and leaves as one should. */
async function goOnAndClose({ page, random }: Scene): Promise<void> {
	await sleep(random() * 2000);
	await page.getByText('Đã lưu', { exact: true }).waitFor({ timeout: SAVED_MS });
	await closePackage(page);
}

async function cutLine({ page, random }: Scene): Promise<void> {
	await page.context().setOffline(true);
	await sleep(random() * 12_000);
}

export const LOSSES: readonly Loss[] = [
	{ name: 'tab closed', lossS: 0, strike: closeTab },
	{ name: 'browser killed', lossS: KILLED_LOSS_S, strike: ({ killBrowser }) => killBrowser() },
	{
		name: 'line cut, then back',
		lossS: 0,
		async strike(scene) {
			await cutLine(scene);
			await scene.page.context().setOffline(false);
			await goOnAndClose(scene);
		}
	},
	{
		name: 'line cut, tab closed',
		lossS: 0,
		async strike(scene) {
			const context = scene.page.context();
			const next = await context.newPage(); // a browser without a window would end
			await cutLine(scene);
			await closeTab(scene);
			await sleep(500);
			await context.setOffline(false);
			await next.close().catch(() => {});
		}
	},
	{
		name: 'server restarted',
		lossS: 0,
		async strike(scene) {
			await scene.restartServer('SIGTERM');
			await goOnAndClose(scene);
		}
	},
	{
		name: 'server killed',
		lossS: 0,
		async strike(scene) {
			await scene.restartServer('SIGKILL');
			await goOnAndClose(scene);
		}
	},
	{
		name: 'server killed, tab closed',
		lossS: 0,
		async strike(scene) {
			const restarted = scene.restartServer('SIGKILL');
			await closeTab(scene);
			await restarted;
		}
	}
];

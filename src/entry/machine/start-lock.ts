import { readFileSync, rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runsProgram } from '#lib/server/platform/processes.ts';
import { StartError } from './progress.ts';

/** A start that is being stopped needs this long to let go. */
const PATIENCE_MS = 20_000;

/** Who runs the product on a data folder. */
type Holder = { pid: number; address: string };

/**
 * Makes this process the only one that runs the product on `dataDir`, until it ends. A lock left by a killed process is
 * taken over; one whose owner is just stopping is waited for.
 * @throws {StartError} naming the address where the product runs already
 */
export async function lockDataDir(dataDir: string, address: string): Promise<void> {
	const file = path.join(dataDir, 'running.json');
	const own: Holder = { pid: process.pid, address };
	for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(250)) {
		const holder = await readHolder(file);
		if (holder && (await isHolding(holder))) {
			if (Date.now() < deadline && holder.address === address && !(await answers(holder))) continue;
			throw new StartError(
				`Hệ thống đang chạy tại ${holder.address} (tiến trình ${holder.pid}) trên thư mục ${dataDir}.`,
				`The product already runs at ${holder.address} (process ${holder.pid}) on ${dataDir}.`
			);
		}
		if (holder) await fs.rm(file, { force: true });
		const isOwn = await fs.writeFile(file, JSON.stringify(own), { flag: 'wx' }).then(
			() => true,
			() => false
		);
		if (isOwn) break;
	}
	process.once('exit', () => {
		try {
			if (JSON.parse(readFileSync(file, 'utf8')).pid === process.pid) rmSync(file, { force: true });
		} catch {
			// gone already, with its folder
		}
	});
}

/** True while some process runs the product on this data folder. */
export async function isProductRunning(dataDir: string): Promise<boolean> {
	const holder = await readHolder(path.join(dataDir, 'running.json'));
	return holder !== undefined && (await isHolding(holder));
}

async function readHolder(file: string): Promise<Holder | undefined> {
	try {
		return JSON.parse(await fs.readFile(file, 'utf8')) as Holder;
	} catch {
		return undefined;
	}
}

const isHolding = ({ pid }: Holder) => runsProgram(pid, ['one-machine.ts']);

/** A product that answers is not about to stop, so there is nothing to wait for. */
async function answers({ address }: Holder): Promise<boolean> {
	const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(2_000) }).catch(
		() => undefined
	);
	return answer !== undefined;
}

import { sql } from 'drizzle-orm';
import fs from 'node:fs/promises';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { findSoffice } from '#lib/server/lectures/soffice.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Command } from '../command.ts';

/** `problem` makes the exit status 1; `warning` is a part that the product works without. */
type Finding = Readonly<{ part: string; state: 'ok' | 'warning' | 'problem'; says: string }>;

const GIB = 1024 ** 3;
const MARKS = { ok: '✓', warning: '!', problem: '✗' };

/** Turns what a check throws into a finding. */
async function look(part: string, ifMissing: 'warning' | 'problem', check: () => Promise<string>): Promise<Finding> {
	try {
		return { part, state: 'ok', says: await check() };
	} catch (error) {
		const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		return { part, state: ifMissing, says: reason instanceof Error ? reason.message : String(reason) };
	}
}

async function databaseVersion(ctx: Context): Promise<string> {
	const [row] = await ctx.db.execute<{ version: string; migrations: number }>(
		sql`select current_setting('server_version') as version,
			(select count(*)::int from drizzle.__drizzle_migrations) as migrations`
	);
	return `PostgreSQL ${row?.version}, ${row?.migrations} migration(s)`;
}

async function queueState(ctx: Context): Promise<string> {
	const [row] = await ctx.db.execute<{ waiting: number; failed: number }>(
		sql`select count(*) filter (where state in ('created', 'retry', 'active'))::int as waiting,
			count(*) filter (where state = 'failed')::int as failed from pgboss.job`
	);
	return `${row?.waiting} đang chờ hoặc đang chạy / waiting or running, ${row?.failed} thất bại / failed`;
}

async function storage({ storage, config }: Context): Promise<string> {
	await storage.check();
	return config.s3 ? `S3 ${config.s3.endpoint ?? config.s3.region} (${config.s3.bucket})` : `${config.dataDir}/objects`;
}

async function room({ config }: Context): Promise<string> {
	const { bavail, bsize } = await fs.statfs(config.dataDir);
	const free = `${((bavail * bsize) / GIB).toFixed(1)} GiB trống / free`;
	if (bavail * bsize < GIB) throw new Error(`chỉ còn / only ${free}`);
	return free;
}

async function ffmpeg(): Promise<string> {
	const { version, ffmpegPath, sandbox } = await findFfmpeg();
	return `${version} (${ffmpegPath})${sandbox.bwrap ? ', bubblewrap' : ''}`;
}

async function soffice({ config }: Context): Promise<string> {
	const found = await findSoffice(config);
	if (!found) throw new Error('không có; PPTX, DOCX chỉ để tải về / missing; PPTX and DOCX are for download only');
	return found;
}

async function web({ config }: Context): Promise<string> {
	const address = config.origin ?? `http://localhost:${config.port}`;
	const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5_000) });
	if (!answer.ok) throw new Error(`${address}: HTTP ${answer.status}`);
	return address;
}

async function examine(ctx: Context): Promise<Finding[]> {
	return [
		{ part: 'Node', state: 'ok', says: process.version },
		await look('Cơ sở dữ liệu / Database', 'problem', () => databaseVersion(ctx)),
		await look('Hàng đợi / Queue', 'problem', () => queueState(ctx)),
		await look('Kho tệp / Object store', 'problem', () => storage(ctx)),
		await look('Ổ đĩa / Disk', 'problem', () => room(ctx)),
		await look('ffmpeg', 'problem', ffmpeg),
		await look('LibreOffice', 'warning', () => soffice(ctx)),
		await look('Trang web / Web', 'warning', () => web(ctx))
	];
}

/** What is configured, reachable, missing. */
export const command: Command = {
	summary: 'Kiểm tra cài đặt: có gì, thiếu gì / Check the installation',
	usage: '[--json]',
	details: ['Mã thoát 1 khi thiếu phần bắt buộc / Exit status 1 when a required part is missing.'],
	async run({ ctx }) {
		const reached = await look('Cơ sở dữ liệu / Database', 'problem', async () => (await ctx()).config.dataDir);
		const findings =
			reached.state === 'ok' ? await examine(await ctx()) : [reached, await look('ffmpeg', 'problem', ffmpeg)];
		const width = Math.max(...findings.map(({ part }) => part.length));
		const text = findings.map(({ part, state, says }) => `${MARKS[state]} ${part.padEnd(width)}  ${says}`).join('\n');
		return { text, data: { findings }, exitCode: findings.some(({ state }) => state === 'problem') ? 1 : 0 };
	}
};

import type { Config } from '#lib/server/platform/config.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import type { Command, CommandResult } from '../command.ts';
import { examine, ffmpeg, look, type Finding } from '../machine/examine.ts';

const MARKS = { ok: '✓', warning: '!', problem: '✗' };

/** What is configured, reachable, missing. */
export const command: Command = {
	summary: 'Kiểm tra cài đặt: có gì, thiếu gì / Check the installation',
	usage: '[--json]',
	details: ['Mã thoát 1 khi thiếu phần bắt buộc / Exit status 1 when a required part is missing.'],
	async run({ bare }) {
		const started = await bare().catch((error: unknown) => error);
		if (!isConfig(started)) {
			const reached = await look('Cơ sở dữ liệu / Database', 'problem', () => Promise.reject(started));
			return report([reached, await look('ffmpeg', 'problem', ffmpeg)]);
		}
		const pool = openDatabase(started.databaseUrl, { max: 1, applicationName: 'doctor' });
		try {
			return report(await examine({ sql: pool.sql, config: started }));
		} finally {
			await pool.close();
		}
	}
};

const isConfig = (started: unknown): started is Config =>
	typeof started === 'object' && started !== null && 'databaseUrl' in started;

function report(findings: readonly Finding[]): CommandResult {
	const width = Math.max(...findings.map(({ part }) => part.length));
	const text = findings.map(({ part, state, says }) => `${MARKS[state]} ${part.padEnd(width)}  ${says}`).join('\n');
	return { text, data: { findings }, exitCode: findings.some(({ state }) => state === 'problem') ? 1 : 0 };
}

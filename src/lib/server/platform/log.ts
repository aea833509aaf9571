import pino from 'pino';

/**
 * Structured lines on stderr, so that a command's own output stays clean. Personal data and query strings never go in;
 * the paths below are a second line of defence.
 */
export const log = pino(
	{
		level: process.env.LOG_LEVEL ?? 'info',
		base: { pid: process.pid, process: process.env.BUC_GIANG_PROCESS ?? 'unknown' },
		redact: ['password', '*.password', 'token', '*.token', 'headers.cookie', 'headers.authorization']
	},
	pino.destination(2)
);

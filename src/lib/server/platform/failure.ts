import { sqlState } from './errors.ts';

/** What a log line says of a bug. Never a statement's parameters: they are names and numbers of people. */
export type FailureRecord = Readonly<{ type: string; message: string; code?: string; query?: string; stack?: string }>;

/** drizzle's error repeats every parameter in its message, PostgreSQL's quotes values in `detail`; neither is kept. */
export function recordOf(error: unknown): FailureRecord {
	if (!(error instanceof Error)) return { type: typeof error, message: 'something other than an Error was thrown' };
	const query = 'query' in error && typeof error.query === 'string' ? error.query : undefined;
	const innermost = query && error.cause instanceof Error ? error.cause : error;
	const message = query && innermost === error ? 'query failed' : innermost.message;
	const frames = (innermost.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return { type: innermost.name, message, code: sqlState(error), query, stack: frames.join('\n') };
}

const CONNECTION_CODES = /^(CONNECT|CONNECTION_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN)/;
/** SQLSTATE classes 08 (connection), 53 (resources), 57P0x (shut down or starting). */
const UNAVAILABLE_STATES = /^(08|53|57P0)/;

/** True when the database or the store could not be reached: asking again in a while may well work. */
export function isUnavailable(error: unknown): boolean {
	for (let e = error; e instanceof Error; e = e.cause) {
		const code = 'code' in e && typeof e.code === 'string' ? e.code : '';
		if (CONNECTION_CODES.test(code) || (code.length === 5 && UNAVAILABLE_STATES.test(code))) return true;
	}
	return false;
}

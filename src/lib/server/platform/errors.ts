/** What kind of "no" a rule gave; decides the HTTP status and nothing else. */
export type DomainErrorKind = 'unauthenticated' | 'not_found' | 'forbidden' | 'conflict' | 'invalid' | 'too_many';

const STATUS: Record<DomainErrorKind, number> = {
	unauthenticated: 401,
	not_found: 404,
	forbidden: 403,
	conflict: 409,
	invalid: 400,
	too_many: 429
};

/**
 * A rule of the domain said no. `code` (`module.reason`) has its sentence in `lib/i18n/errors.ts`; `params` fill that
 * sentence's places. `message` is for logs, in English, and never holds personal data.
 */
export class DomainError extends Error {
	readonly kind: DomainErrorKind;
	readonly code: string;
	readonly params: Readonly<Record<string, string | number>>;

	constructor(kind: DomainErrorKind, code: string, params: Record<string, string | number> = {}) {
		super(`${kind}: ${code}`);
		this.name = 'DomainError';
		this.kind = kind;
		this.code = code;
		this.params = params;
	}

	get status(): number {
		return STATUS[this.kind];
	}
}

/**
 * True for a DomainError of either module graph: the built SvelteKit bundle and the unbuilt entry files each load their
 * own copy of this class in one process, so `instanceof` alone would miss half of them.
 */
export function isDomainError(error: unknown): error is DomainError {
	return error instanceof Error && error.name === 'DomainError';
}

/** PostgreSQL error code (SQLSTATE, five characters) of a driver error, which drizzle wraps in `cause`. */
export function sqlState(error: unknown): string | undefined {
	for (let e = error; e instanceof Error; e = e.cause) {
		if ('code' in e && typeof e.code === 'string' && /^[0-9A-Z]{5}$/.test(e.code)) return e.code;
	}
	return undefined;
}

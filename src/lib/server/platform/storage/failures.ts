import { DomainError } from '../errors.ts';

/** The object is not there. */
export function missing(key: string, cause?: unknown): DomainError {
	return withCause(new DomainError('not_found', 'storage.missing', { key }), cause);
}

/** The store does not answer; the request or job may be tried again later. */
export function unavailable(cause: unknown): DomainError {
	return withCause(new DomainError('conflict', 'storage.unavailable'), cause);
}

/** No room left; nothing was written. */
export function full(cause: unknown): DomainError {
	return withCause(new DomainError('conflict', 'storage.full'), cause);
}

function withCause(error: DomainError, cause: unknown): DomainError {
	if (cause !== undefined) error.cause = cause;
	return error;
}

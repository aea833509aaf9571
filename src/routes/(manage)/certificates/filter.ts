import type { BookFilter } from '#lib/server/certificates/book.ts';

/** What the address narrows the number book to. */
export function bookFilterOf({ searchParams }: URL): Omit<BookFilter, 'page'> {
	const state = searchParams.get('state');
	return {
		text: searchParams.get('q')?.trim() || undefined,
		year: Number(/^\d{4}$/.exec(searchParams.get('year') ?? '')?.[0]) || undefined,
		state: state === 'issued' || state === 'revoked' ? state : undefined
	};
}

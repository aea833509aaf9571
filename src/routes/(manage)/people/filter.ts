const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One of the allowed words of a query parameter, or nothing. */
function oneOf<const T extends string>(words: readonly T[], value: string | null): T | undefined {
	return words.find((word) => word === value);
}

/** What the roster's address narrows it to. */
export function peopleFilterOf({ searchParams }: URL) {
	const unit = searchParams.get('unit') ?? '';
	return {
		text: searchParams.get('q')?.trim() || undefined,
		unitId: UUID.test(unit) ? unit : undefined,
		category: searchParams.get('category') || undefined,
		account: oneOf(['with', 'without'], searchParams.get('account')),
		training: oneOf(['trained', 'untrained'], searchParams.get('training')),
		page: Number(/^\d{1,6}$/.exec(searchParams.get('page') ?? '')?.[0] ?? 1)
	};
}

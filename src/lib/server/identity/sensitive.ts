const MINUTE = 60 * 1000;

/** How long a proof of presence is good for: long enough for one sitting, too short for a machine that was left. */
const FRESH_MS = 20 * MINUTE;

/**
 * What asks for the password again when the last proof is older (ASVS 5.0, 7.5.1 and 7.5.3): routes, and what is posted to
 * them (`default` for the unnamed action); `read` guards the page or the file itself.
 */
export const SENSITIVE: Readonly<Record<string, readonly string[]>> = {
	'/(account)/account/data/export': ['read'],
	'/(admin)/personal-data': ['default'],
	'/(account)/account/two-step': ['propose', 'renew', 'turnOff'],
	'/(manage)/accounts/[account=uuid]': ['grant', 'endRole', 'removeTwoStep', 'viewAs'],
	'/(admin)/security': ['twoStep']
};

/** True when this request must be preceded by a proof of presence. */
export function needsConfirmation(
	request: { routeId: string; method: string; searchParams: URLSearchParams },
	confirmedAt: Date,
	now: Date
): boolean {
	if (now.getTime() - confirmedAt.getTime() < FRESH_MS) return false;
	const guarded = SENSITIVE[request.routeId];
	if (!guarded) return false;
	return guarded.includes(
		request.method === 'GET' || request.method === 'HEAD' ? 'read' : actionOf(request.searchParams)
	);
}

/** The form action as SvelteKit reads it from the address. */
function actionOf(searchParams: URLSearchParams): string {
	const name = [...searchParams.keys()].find((key) => key.startsWith('/'));
	return name?.slice(1) ?? 'default';
}

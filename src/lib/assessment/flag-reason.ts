/** Why a question must be read again: what befell a document it cites, or what somebody wrote. */
export type FlagReason =
	| Readonly<{ kind: 'amended' | 'replaced' | 'expired'; document: string; note: string }>
	| Readonly<{ kind: 'rule_expired' }>
	| Readonly<{ kind: 'doubt'; note: string }>;

/** The reason as one column keeps it. */
export function writeReason(reason: FlagReason): string {
	return JSON.stringify(reason);
}

/** A reason from its column; whatever else stands there is somebody's words. */
export function readReason(text: string | null): FlagReason | undefined {
	if (text === null) return undefined;
	try {
		const reason: unknown = JSON.parse(text);
		if (typeof reason === 'object' && reason !== null && 'kind' in reason) return reason as FlagReason;
	} catch {
		// plain words
	}
	return { kind: 'doubt', note: text };
}

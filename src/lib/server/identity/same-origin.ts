const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the check needs of a request; `Headers.get` or a look-up in node's header object. */
export type OriginCheck = Readonly<{
	method: string;
	/** Host and port this request was sent to. */
	host: string;
	header(name: 'sec-fetch-site' | 'origin'): string | null | undefined;
}>;

/**
 * True when a request changes nothing or comes from our own pages (ASVS 5.0, 3.5.1–3.5.3), whatever its content type.
 * Browsers say so in Sec-Fetch-Site or, before 2020–2023, in Origin; a change with neither is refused, so programs
 * send an Origin.
 */
export function isOwnRequest({ method, host, header }: OriginCheck): boolean {
	if (READING.has(method)) return true;
	const site = header('sec-fetch-site');
	if (site) return site === 'same-origin' || site === 'none';
	const origin = header('origin');
	if (!origin || origin === 'null') return false;
	try {
		return new URL(origin).host === host;
	} catch {
		return false;
	}
}

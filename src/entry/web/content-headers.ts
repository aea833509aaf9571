/** What the headers of the content host depend on. */
type Surroundings = Readonly<{ lmsOrigin?: string; storageOrigin?: string; isHttps?: boolean }>;

/**
 * Headers of every answer of the content host. Packages of any age run there: inline code and eval are theirs, but nothing
 * may be loaded from or told to anybody else, and nobody but our pages may frame it.
 */
export function contentHeaders({ lmsOrigin, storageOrigin, isHttps }: Surroundings): [string, string][] {
	const media = ["media-src 'self' data: blob:", storageOrigin].filter(Boolean).join(' ');
	const policy = [
		"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
		media,
		"connect-src 'self'",
		"form-action 'self'",
		"base-uri 'self'",
		`frame-ancestors 'self' ${lmsOrigin ?? '*'}`
	];
	return [
		['Content-Security-Policy', policy.join('; ')],
		['X-Content-Type-Options', 'nosniff'],
		['Referrer-Policy', 'no-referrer'],
		['Cross-Origin-Resource-Policy', 'same-origin'],
		['Origin-Agent-Cluster', '?1'],
		['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), unload=(self)'],
		...(isHttps ? [['Strict-Transport-Security', 'max-age=31536000'] as [string, string]] : [])
	];
}

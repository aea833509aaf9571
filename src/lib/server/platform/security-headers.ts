/**
 * Headers of every answer of the web process, also of static files and errors; entry/web.ts sets them before anything
 * else answers (ASVS 5.0, 3.4.1–3.4.6 and 3.5.8).
 * @param isHttps whether browsers reach us by https, which alone allows HSTS
 */
export function securityHeaders(isHttps: boolean): Record<string, string> {
	return {
		'X-Content-Type-Options': 'nosniff',
		'Referrer-Policy': 'same-origin',
		'X-Frame-Options': 'DENY',
		'Permissions-Policy':
			'camera=(), microphone=(), geolocation=(), payment=(), usb=(), autoplay=(self), fullscreen=(self)',
		'Cross-Origin-Opener-Policy': 'same-origin',
		'Cross-Origin-Resource-Policy': 'same-origin',
		...(isHttps && { 'Strict-Transport-Security': 'max-age=31536000' })
	};
}

/** For answers that are no page of SvelteKit's: data, files, plain error pages. Nothing in them may load or run anything. */
export const BARE_CONTENT_POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Directives by which a page loads what the object store serves. */
const STORED = ['connect-src', 'img-src', 'media-src'];

/**
 * The page's content policy with the object store's origin let in, which only the environment tells.
 * @param origin for example `https://s3.example.gov.vn`; absent when the application serves the objects itself
 */
export function withStorageOrigin(policy: string, origin: string | undefined): string {
	if (!origin) return policy;
	return policy
		.split(';')
		.map((directive) =>
			STORED.includes(directive.trim().split(/\s+/)[0] ?? '') ? `${directive} ${origin}` : directive
		)
		.join(';');
}

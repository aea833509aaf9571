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

/** Origins that only the environment tells. */
export type OtherOrigins = Readonly<{
	/** Of the object store, `https://s3.example.gov.vn`; absent when the application serves the objects itself. */
	storage?: string;
	/** Of the content host, perhaps with a `*` label; absent where there is none. */
	content?: string;
}>;

/** The page's content policy with these origins let in: objects are loaded from the one, content is framed from the other. */
export function withOrigins(policy: string, { storage, content }: OtherOrigins): string {
	const directives = policy.split(';').map((directive) => {
		const name = directive.trim().split(/\s+/)[0] ?? '';
		return storage && STORED.includes(name) ? `${directive} ${storage}` : directive;
	});
	return content ? `${directives.join(';')}; frame-src 'self' ${content}` : directives.join(';');
}

/**
 * Headers of a page that frames content: windows that content opens must keep their opener (popup courses look for the
 * run-time there), and content may play, fill the screen and say goodbye.
 */
export function framingHeaders(content: string): Record<string, string> {
	const allowed = `(self "${content}")`;
	return {
		'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
		'Permissions-Policy': `camera=(), microphone=(), geolocation=(), payment=(), usb=(), autoplay=${allowed}, fullscreen=${allowed}, unload=${allowed}`
	};
}

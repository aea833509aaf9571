/** Sizes of "Cỡ chữ" A− A A+; the page's root element carries it as data-text-size. */
export const TEXT_SIZES = ['small', 'normal', 'large'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** The size asked for, or the normal one (a cookie may hold anything). */
export function toTextSize(value: string | null | undefined): TextSize {
	return TEXT_SIZES.find((size) => size === value) ?? 'normal';
}

/**
 * Name of the session cookie. With https the `__Host-` prefix keeps sub-domains from setting it (ASVS 5.0, 3.3.3);
 * browsers refuse that prefix without https, as on a demonstration's plain address.
 */
export function sessionCookie(url: URL): string {
	return url.protocol === 'https:' ? '__Host-session' : 'session';
}

/** How the session cookie is set; without `expires` it ends with the browser. */
export function sessionCookieOptions(url: URL, expires?: Date) {
	return {
		path: '/',
		httpOnly: true,
		secure: url.protocol === 'https:',
		sameSite: 'lax' as const,
		...(expires && { expires })
	};
}

/** The cookie that accompanies a browser to the provider of single sign-on and back; sealed by the server. */
export function ssoCookieOptions(url: URL) {
	return { ...sessionCookieOptions(url), path: '/sign-in/sso', maxAge: 600 };
}

/**
 * A path of this site to go on to, or `fallback`: what arrives in `next=` may be anything, and sending people to another
 * site after they typed a password is how they get robbed (ASVS 5.0, 3.7.2).
 */
export function localPath(value: string | null | undefined, fallback = '/'): string {
	// Browsers read "\" as "/" and drop tabs and line ends, so "/\evil" and "/\t/evil" leave the site.
	if (!value || !value.startsWith('/') || /^\/[/\\]|[\\\p{Cc}]/u.test(value)) return fallback;
	const { origin, pathname, search } = new URL(value, 'http://local');
	return origin === 'http://local' && !pathname.startsWith('//') ? pathname + search : fallback;
}

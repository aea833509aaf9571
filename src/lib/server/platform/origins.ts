import type { Config } from './config.ts';

/** Names of this machine in a Host header. */
export const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

type Addresses = Pick<Config, 'origin' | 'contentOrigin' | 'host' | 'port'>;

/**
 * The origin that cookies and form checks are bound to. Undefined when the product is open to a local network without
 * ORIGIN: each machine then reaches it under some name.
 */
export function originOf({ origin, host, port }: Omit<Addresses, 'contentOrigin'>): string | undefined {
	if (origin) return new URL(origin).origin;
	return ['127.0.0.1', '::1', 'localhost'].includes(host) ? `http://localhost:${port}` : undefined;
}

/**
 * Where content of packages runs, as a content policy names it (perhaps `https://*.noidung.example.vn`): a host name of its
 * own, because cookies ignore ports. Undefined where there is none.
 */
export function contentOriginOf(config: Addresses): string | undefined {
	if (config.contentOrigin) return config.contentOrigin;
	const own = originOf(config);
	if (!own || new URL(own).hostname !== 'localhost') return undefined;
	return own.replace('//localhost', '//content.localhost');
}

/** The origin of one package's content: a name of its own under a `*` label keeps its storage apart from others'. */
export function packageOriginOf(config: Addresses, packageId: string): string | undefined {
	return contentOriginOf(config)?.replace('*', `p${packageId.replaceAll('-', '')}`);
}

/** True for a Host header that names the content host. */
export function isContentHost(config: Addresses, host: string): boolean {
	const content = contentOriginOf(config);
	if (!content) return false;
	const wanted = content.replace(/^https?:\/\//, '');
	return wanted.startsWith('*.') ? host.toLowerCase().endsWith(wanted.slice(1)) : host.toLowerCase() === wanted;
}

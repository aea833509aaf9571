/** `Content-Disposition` of a download under a Vietnamese file name (RFC 6266, RFC 8187), with an ASCII name for old clients. */
export function attachment(name: string): string {
	const ascii = name
		.replaceAll('đ', 'd')
		.replaceAll('Đ', 'D')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[^\x20-\x7e]|["\\%]/g, '_');
	const extended = encodeURIComponent(name.normalize('NFC')).replace(/['()*]/g, escape);
	return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`;
}

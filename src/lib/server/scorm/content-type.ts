/** What a browser may be told a file of a package is, by its extension; anything else is handed out as unknown bytes. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
	avif: 'image/avif',
	bmp: 'image/bmp',
	css: 'text/css; charset=utf-8',
	csv: 'text/csv; charset=utf-8',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	dtd: 'application/xml-dtd',
	eot: 'application/vnd.ms-fontobject',
	gif: 'image/gif',
	htm: 'text/html',
	html: 'text/html',
	ico: 'image/x-icon',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	js: 'text/javascript',
	json: 'application/json',
	m3u8: 'application/vnd.apple.mpegurl',
	m4a: 'audio/mp4',
	m4s: 'video/iso.segment',
	m4v: 'video/mp4',
	map: 'application/json',
	md: 'text/plain; charset=utf-8',
	mjs: 'text/javascript',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	oga: 'audio/ogg',
	ogg: 'audio/ogg',
	ogv: 'video/ogg',
	otf: 'font/otf',
	pdf: 'application/pdf',
	png: 'image/png',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	srt: 'text/plain; charset=utf-8',
	svg: 'image/svg+xml',
	ts: 'video/mp2t',
	ttf: 'font/ttf',
	txt: 'text/plain',
	vtt: 'text/vtt; charset=utf-8',
	wasm: 'application/wasm',
	wav: 'audio/wav',
	weba: 'audio/webm',
	webm: 'video/webm',
	webmanifest: 'application/manifest+json',
	webp: 'image/webp',
	woff: 'font/woff',
	woff2: 'font/woff2',
	xhtml: 'application/xhtml+xml',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xml: 'text/xml',
	xsd: 'text/xml',
	xsl: 'text/xml'
};

/** What no extension names. Pages of old tools say their own charset, so none is added to them. */
const UNKNOWN_TYPE = 'application/octet-stream';

/** The type under which a file of a package is served. */
export function contentTypeOf(path: string): string {
	const name = path.slice(path.lastIndexOf('/') + 1);
	const dot = name.lastIndexOf('.');
	if (dot <= 0) return UNKNOWN_TYPE; // `.htaccess` has no extension
	return BY_EXTENSION[name.slice(dot + 1).toLowerCase()] ?? UNKNOWN_TYPE;
}

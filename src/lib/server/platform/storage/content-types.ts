const BY_EXTENSION: Record<string, string> = {
	aac: 'audio/aac',
	bin: 'application/octet-stream',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	jpg: 'image/jpeg',
	json: 'application/json',
	m3u8: 'application/vnd.apple.mpegurl',
	m4a: 'audio/mp4',
	m4s: 'video/iso.segment',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	ogg: 'audio/ogg',
	pdf: 'application/pdf',
	png: 'image/png',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	vtt: 'text/vtt; charset=utf-8',
	webp: 'image/webp',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** The type that a key's extension implies, as `type/subtype`; undefined where it implies none. */
export function contentTypeOf(key: string): string | undefined {
	return BY_EXTENSION[key.slice(key.lastIndexOf('.') + 1)];
}

/** Types that a player loads; everything else is locked in a sandbox, in case somebody opens it as a page. */
export function isMedia(contentType: string): boolean {
	return /^(video|audio)\/|^text\/vtt|mpegurl/.test(contentType);
}

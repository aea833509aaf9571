/** Sound or a film by its bytes, with what it is kept and served as. */
export type RecognisedMedia = Readonly<{ kind: 'audio' | 'video'; extension: string; contentType: string }>;

const MP3: RecognisedMedia = { kind: 'audio', extension: 'mp3', contentType: 'audio/mpeg' };
const OGG: RecognisedMedia = { kind: 'audio', extension: 'ogg', contentType: 'audio/ogg' };
const WAV: RecognisedMedia = { kind: 'audio', extension: 'wav', contentType: 'audio/wav' };
const M4A: RecognisedMedia = { kind: 'audio', extension: 'm4a', contentType: 'audio/mp4' };
const MOV: RecognisedMedia = { kind: 'video', extension: 'mov', contentType: 'video/quicktime' };
const MP4: RecognisedMedia = { kind: 'video', extension: 'mp4', contentType: 'video/mp4' };
const WEBM: RecognisedMedia = { kind: 'video', extension: 'webm', contentType: 'video/webm' };

/** What telephones record: MP3, Ogg, WAV, M4A; MP4, QuickTime, WebM. Anything else is undefined. Pure. */
export function recogniseMedia(bytes: Uint8Array): RecognisedMedia | undefined {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64));
	const text = head.toString('latin1');
	if (text.startsWith('ID3') || isMp3Frame(head)) return MP3;
	if (text.startsWith('OggS')) return OGG;
	if (text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') return WAV;
	if (text.slice(4, 8) === 'ftyp') {
		const brand = text.slice(8, 12);
		if (brand.startsWith('M4A')) return M4A;
		if (/^(?:he|mif|msf|avif|avis|cr)/.test(brand)) return undefined; // pictures in the same container
		return brand === 'qt  ' ? MOV : MP4;
	}
	return text.startsWith('\x1aE\xdf\xa3') ? WEBM : undefined; // EBML, RFC 8794
}

/** MPEG audio layer III, ISO/IEC 11172-3: eleven set bits, then version and layer. */
function isMp3Frame(head: Buffer): boolean {
	return head.length > 1 && head[0] === 0xff && (head[1]! & 0xe6) === 0xe2;
}

import type { Remark } from '#lib/scorm/manifest.ts';
import { DomainError } from '../../platform/errors.ts';

/**
 * The manifest's bytes as text: by byte order mark, else by its own declaration, else UTF-8. What tools get wrong without
 * harm is put right and remarked.
 * @throws {DomainError} `invalid` `scorm.encoding_unknown`
 */
export function decodeManifest(bytes: Uint8Array): { text: string; remarks: Remark[] } {
	const remarks: Remark[] = [];
	let text = decode(bytes, remarks);
	if (/^\s+<\?xml/.test(text)) {
		text = text.trimStart();
		remarks.push({ code: 'blank_before_declaration' });
	}
	// The text is decoded: what it says of its encoding would mislead the parser, as would a second declaration.
	return { text: text.replace(/^<\?xml[^>]*\?>/, ''), remarks };
}

function decode(bytes: Uint8Array, remarks: Remark[]): string {
	const [a, b, c] = bytes;
	if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder('utf-8').decode(bytes);
	if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	if (b === 0 && a === 0x3c) return new TextDecoder('utf-16le').decode(bytes);
	if (a === 0 && b === 0x3c) return new TextDecoder('utf-16be').decode(bytes);
	const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
	const declared = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
	try {
		return new TextDecoder(declared, { fatal: true }).decode(bytes);
	} catch {
		if (declared === 'utf-8') {
			remarks.push({ code: 'not_utf8' }); // an old tool on Windows that did not say so
			return new TextDecoder('windows-1252').decode(bytes);
		}
		throw new DomainError('invalid', 'scorm.encoding_unknown', { encoding: declared.slice(0, 40) });
	}
}

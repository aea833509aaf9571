/** Office formats, all of them zip archives whose content types say which. */
type OfficeExtension = 'docx' | 'pptx' | 'xlsx';

/** What a file is by its bytes; its name and the browser's word for it are not asked. */
export type RecognisedFile = Readonly<
	{ kind: 'pdf' } | { kind: 'image' } | { kind: 'office'; extension: OfficeExtension }
>;

const IMAGE_STARTS: readonly (readonly number[])[] = [
	[0xff, 0xd8, 0xff], // JPEG
	[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], // PNG
	[0x47, 0x49, 0x46, 0x38] // GIF
];

const MAIN_PARTS: readonly [OfficeExtension, string][] = [
	['docx', 'word/document.xml'],
	['pptx', 'ppt/presentation.xml'],
	['xlsx', 'xl/workbook.xml']
];

/** Recognises PDF, JPEG, PNG, GIF, WebP and Office Open XML; anything else is undefined. Pure. */
export function recogniseFile(bytes: Uint8Array): RecognisedFile | undefined {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (file.subarray(0, 1024).includes('%PDF-')) return { kind: 'pdf' };
	const isImage = IMAGE_STARTS.some((start) => start.every((byte, i) => file[i] === byte));
	const isWebp = file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP';
	if (isImage || isWebp) return { kind: 'image' };
	const names = file.toString('latin1', 0, 4) === 'PK\x03\x04' ? zipEntryNames(file) : [];
	if (!names.includes('[Content_Types].xml') || names.some((name) => name.endsWith('vbaProject.bin'))) return undefined;
	const main = MAIN_PARTS.find(([, part]) => names.includes(part));
	return main && { kind: 'office', extension: main[0] };
}

const END_OF_CENTRAL_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');
const CENTRAL_ENTRY = 0x02014b50;
const MOST_ENTRIES = 5000;

/** Names in a zip's central directory (APPNOTE.TXT 4.3.12); empty for an archive that is damaged or too full. */
function zipEntryNames(file: Buffer): string[] {
	const end = file.lastIndexOf(END_OF_CENTRAL_DIRECTORY);
	if (end < 0 || end + 22 > file.length) return [];
	const count = file.readUInt16LE(end + 10);
	let at = file.readUInt32LE(end + 16);
	const names: string[] = [];
	for (let i = 0; i < Math.min(count, MOST_ENTRIES); i++) {
		if (at + 46 > file.length || file.readUInt32LE(at) !== CENTRAL_ENTRY) return [];
		const nameLength = file.readUInt16LE(at + 28);
		names.push(file.toString('utf8', at + 46, at + 46 + nameLength));
		at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	return names;
}

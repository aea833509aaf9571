import { strFromU8, unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Enough to find a document by; a law of 200 pages has some 600,000 characters. */
const LONGEST = 600_000;
const MOST_PAGES = 500;
const MOST_PART_BYTES = 50 * 1024 ** 2;

const OFFICE_PARTS = /^(word\/document|ppt\/slides\/slide\d+|xl\/sharedStrings)\.xml$/;

/**
 * The words of a file, for search only: PDF by its text layer (a scan has none), Office files by their main parts.
 * @throws what the reader says of a damaged file
 */
export async function extractText(bytes: Uint8Array, contentType: string): Promise<string> {
	const text = contentType === 'application/pdf' ? await pdfText(bytes) : officeText(bytes, contentType);
	return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

async function pdfText(bytes: Uint8Array): Promise<string> {
	const task = getDocument({
		data: new Uint8Array(bytes), // the reader takes the buffer away from its owner
		disableFontFace: true,
		useSystemFonts: false,
		verbosity: 0
	});
	try {
		const pdf = await task.promise;
		let text = '';
		for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES) && text.length < LONGEST; number++) {
			const { items } = await (await pdf.getPage(number)).getTextContent();
			text += `${items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('')} `;
		}
		return text;
	} finally {
		await task.destroy();
	}
}

function officeText(bytes: Uint8Array, contentType: string): string {
	if (!contentType.includes('officedocument')) return '';
	const parts = unzipSync(bytes, {
		filter: ({ name, originalSize }) => OFFICE_PARTS.test(name) && originalSize <= MOST_PART_BYTES
	});
	return Object.values(parts)
		.map((part) =>
			strFromU8(part)
				.replace(/<\/(w:p|a:p|si)>/g, ' ')
				.replace(/<[^>]*>/g, '')
				.replace(/&lt;/g, '<')
				.replace(/&gt;/g, '>')
				.replace(/&amp;/g, '&')
		)
		.join(' ');
}

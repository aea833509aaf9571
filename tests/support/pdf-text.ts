import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The text of each page of a PDF. */
export async function pdfPages(body: Uint8Array): Promise<string[]> {
	const pdf = await getDocument({ data: new Uint8Array(body), verbosity: 0 }).promise;
	const pages: string[] = [];
	for (let i = 1; i <= pdf.numPages; i++) {
		const { items } = await (await pdf.getPage(i)).getTextContent();
		pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
	}
	return pages;
}

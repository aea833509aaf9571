/** A text of plain paragraphs needs no tags to be edited as text. */
export function isPlain(html: string): boolean {
	return !/<(?!\/?p>|br ?\/?>)/.test(html);
}

/** Plain paragraphs as they are typed. */
export function toText(html: string): string {
	return html
		.replace(/<\/p>\s*<p>/g, '\n\n')
		.replace(/<br ?\/?>/g, '\n')
		.replace(/<\/?p>/g, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}

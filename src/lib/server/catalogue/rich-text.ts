import sanitizeHtml from 'sanitize-html';

const RULES: sanitizeHtml.IOptions = {
	allowedTags: [
		'p',
		'br',
		'strong',
		'em',
		'u',
		's',
		'h3',
		'h4',
		'ul',
		'ol',
		'li',
		'blockquote',
		'a',
		'code',
		'pre',
		'hr'
	],
	allowedAttributes: { a: ['href', 'rel', 'target'], ol: ['start'] },
	allowedSchemes: ['http', 'https', 'mailto', 'tel'],
	allowProtocolRelative: false,
	transformTags: {
		h1: 'h3',
		h2: 'h3',
		b: 'strong',
		i: 'em',
		a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow', target: '_blank' })
	}
};

/**
 * What an author wrote, as HTML that may stand in any page: from the editor, or plain text from a browser without
 * JavaScript, whose paragraphs are kept.
 */
export function toSafeHtml(written: string): string {
	const text = written.normalize('NFC').replaceAll('\r\n', '\n').trim();
	if (text === '') return '';
	const html = /<[a-z][^>]*>/i.test(text) ? text : paragraphs(text);
	const safe = sanitizeHtml(html, RULES).trim();
	return safe === '<p></p>' ? '' : safe;
}

function paragraphs(text: string): string {
	const escaped = sanitizeHtml(text, { allowedTags: [], disallowedTagsMode: 'escape' });
	return escaped
		.split(/\n{2,}/)
		.map((part) => `<p>${part.trim().replaceAll('\n', '<br />')}</p>`)
		.join('');
}

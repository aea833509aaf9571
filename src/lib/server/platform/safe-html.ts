import sanitizeHtml from 'sanitize-html';

const TEXT_TAGS = 'p br strong em u s h3 h4 ul ol li blockquote a code pre hr'.split(' ');

const RULES: sanitizeHtml.IOptions = {
	allowedTags: TEXT_TAGS,
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

/** Files of ours in a text, by id; which of them exist and who may see them is decided when the text is shown. */
const MEDIA = ['img', 'audio', 'video'] as const;
const MEDIA_ADDRESS = /^media:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const RULES_WITH_MEDIA: sanitizeHtml.IOptions = {
	...RULES,
	allowedTags: [...TEXT_TAGS, ...'sub sup table thead tbody tr th td'.split(' '), ...MEDIA],
	allowedAttributes: {
		...RULES.allowedAttributes,
		th: ['colspan', 'rowspan', 'scope'],
		td: ['colspan', 'rowspan'],
		img: ['src', 'alt'],
		audio: ['src', 'controls', 'preload', 'aria-label'],
		video: ['src', 'controls', 'preload', 'playsinline', 'aria-label']
	},
	allowedSchemesByTag: { img: ['media'], audio: ['media'], video: ['media'] },
	transformTags: {
		...RULES.transformTags,
		audio: sanitizeHtml.simpleTransform('audio', { controls: '', preload: 'none' }),
		video: sanitizeHtml.simpleTransform('video', { controls: '', preload: 'none', playsinline: '' })
	},
	exclusiveFilter: ({ tag, attribs }) =>
		(MEDIA as readonly string[]).includes(tag) && !MEDIA_ADDRESS.test(attribs.src ?? '')
};

/**
 * What an author wrote, as HTML that may stand in any page: from the editor, or plain text from a browser without
 * JavaScript, whose paragraphs are kept.
 * @param withMedia pictures, sound and clips of ours (`src="media:<id>"`), tables, raised and lowered letters too
 */
export function toSafeHtml(written: string, { withMedia = false } = {}): string {
	const text = written.normalize('NFC').replaceAll('\r\n', '\n').trim();
	if (text === '') return '';
	const html = /<[a-z][^>]*>/i.test(text) ? text : paragraphs(text);
	const safe = sanitizeHtml(html, withMedia ? RULES_WITH_MEDIA : RULES).trim();
	return safe === '<p></p>' ? '' : safe;
}

function paragraphs(text: string): string {
	const escaped = sanitizeHtml(text, { allowedTags: [], disallowedTagsMode: 'escape' });
	return escaped
		.split(/\n{2,}/)
		.map((part) => `<p>${part.trim().replaceAll('\n', '<br />')}</p>`)
		.join('');
}

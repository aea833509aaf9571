import { Marked, type Tokens } from 'marked';

/** Guides by the role they are for, in the order of the page; files of docs/guides. */
export const GUIDES = ['hoc-vien', 'giang-vien', 'nguoi-duyet', 'dau-moi-don-vi', 'quan-tri-tinh', 'ky-thuat'] as const;
export type Guide = (typeof GUIDES)[number];

const texts = import.meta.glob<string>('/docs/guides/*.md', { query: '?raw', import: 'default', eager: true });
/** Address of each picture, taken from the product by tests/screenshots/guides.ts. */
const pictures = import.meta.glob<string>('/docs/guides/images/*.webp', {
	query: '?url',
	import: 'default',
	eager: true
});
const marked = new Marked({ renderer: { image: showPicture } });

/** A guide as HTML, its title apart. Our own text, written with the code: nothing typed by users is in it. */
export function readGuide(guide: Guide): { title: string; html: string } {
	const text = texts[`/docs/guides/${guide}.md`] ?? '';
	const [, title = '', body = ''] = /^# (.+)\n([\s\S]*)$/.exec(text) ?? [];
	return { title, html: marked.parse(body, { async: false }) };
}

/** Pictures come when they are scrolled to, and open alone at their full size. */
function showPicture({ href, text }: Tokens.Image): string {
	const address = pictures[`/docs/guides/${href}`];
	if (!address) throw new Error(`no picture ${href}`);
	const words = escape(text);
	return `<a href="${address}" class="picture"><img src="${address}" alt="${words}" loading="lazy" /></a>`;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

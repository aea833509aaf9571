import { Marked } from 'marked';

/** Guides by the role they are for, in the order of the page; files of docs/guides. */
export const GUIDES = ['hoc-vien', 'giang-vien', 'dau-moi-don-vi', 'quan-tri-tinh'] as const;
export type Guide = (typeof GUIDES)[number];

const texts = import.meta.glob<string>('/docs/guides/*.md', { query: '?raw', import: 'default', eager: true });
const marked = new Marked();

/** A guide as HTML, its title apart. Our own text, written with the code: nothing typed by users is in it. */
export function readGuide(guide: Guide): { title: string; html: string } {
	const text = texts[`/docs/guides/${guide}.md`] ?? '';
	const [, title = '', body = ''] = /^# (.+)\n([\s\S]*)$/.exec(text) ?? [];
	return { title, html: marked.parse(body, { async: false }) };
}

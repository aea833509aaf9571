import { plainText } from '#lib/assessment/plain-text.ts';
import { toHtml } from './reading.ts';

/** An element as the parser gives it: children by name, attributes with `@`, own words as `#text`. */
export type XmlNode = { [name: string]: XmlNode[] | string | undefined };

/** A text node as HTML, whatever format it says. */
export function htmlOf(node: XmlNode | undefined): string {
	if (!node) return '';
	const text = textOf(node.text);
	const format = attribute(node, 'format');
	return format === 'plain_text' || format === 'moodle_auto_format' || format === '' || format === 'markdown'
		? /<\w+[^>]*>/.test(text)
			? text
			: toHtml(text)
		: text;
}

export const plainOf = (node: XmlNode | undefined): string => plainText(htmlOf(node));

export function childrenOf(value: XmlNode['x']): XmlNode[] {
	if (value === undefined || value === '') return [];
	if (typeof value === 'string') return [{ '#text': value, text: value }];
	return (Array.isArray(value) ? value : [value]).map((one) => (typeof one === 'string' ? { '#text': one } : one));
}

export const nodesOf = (node: XmlNode, name: string): XmlNode[] => childrenOf(node[name]);

/** The words of `<x>words</x>` and of `<x><text>words</text></x>`. */
export function textOf(value: XmlNode[string]): string {
	if (typeof value === 'string') return value;
	const node: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof node === 'string') return node;
	if (typeof node !== 'object' || node === null) return '';
	const { text, '#text': own } = node as XmlNode;
	return text === undefined ? String(own ?? '') : textOf(text);
}

export function attribute(node: XmlNode, name: string): string {
	return String(node[`@${name}`] ?? '');
}

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { DomainError } from '../../platform/errors.ts';

/**
 * An element of a manifest. Prefixes are gone and names are in lower case: tools spell `adlcp:scormType`, `scormtype` and
 * leave namespaces out. Attributes stand under `@name`, text under `#text`, children under their name, always as lists.
 */
export type Element = Readonly<{ [name: string]: unknown }>;

/** Items nest a few levels; the parser's own tree must not outgrow the stack. */
const DEEPEST = 200;

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	transformTagName: (name: string) => name.toLowerCase(),
	transformAttributeName: (name: string) => name.toLowerCase(),
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	htmlEntities: true, // numeric references; a document type cannot have declared others, since it was refused
	maxNestedTags: DEEPEST,
	isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute
});

/**
 * Reads a manifest's text.
 * @throws {DomainError} `invalid` with line and column where it is not well-formed, nests too deep or declares a document
 * type: entities could read files, call other servers or grow without end
 */
export function parseXml(text: string): Element {
	if (/<!DOCTYPE/i.test(text)) throw new DomainError('invalid', 'scorm.xml_doctype');
	const verdict = XMLValidator.validate(text);
	if (verdict !== true) {
		const { line, col } = verdict.err;
		throw new DomainError('invalid', 'scorm.xml_malformed', { line, column: col });
	}
	let parsed: Element;
	try {
		parsed = parser.parse(text) as Element;
	} catch (error) {
		const isDeep = /nested tags/i.test((error as Error).message);
		throw new DomainError('invalid', isDeep ? 'scorm.too_deep' : 'scorm.xml_unreadable');
	}
	const root = childOf(parsed, 'manifest');
	if (!root) throw new DomainError('invalid', 'scorm.no_manifest_element');
	return root;
}

/** Children of that name, in order. An empty element comes as an empty text and has no parts. */
export function childrenOf(element: Element | undefined, name: string): Element[] {
	const found = element?.[name];
	if (!Array.isArray(found)) return [];
	return found.map(
		(each: unknown) => (typeof each === 'object' && each !== null ? each : { '#text': each }) as Element
	);
}

/** The first child of that name. */
export function childOf(element: Element | undefined, name: string): Element | undefined {
	return childrenOf(element, name)[0];
}

/** An attribute; undefined where it is absent. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
	const value = element?.[`@${name}`];
	return typeof value === 'string' ? value : undefined;
}

/** Text directly within an element, white space as written. */
export function textOf(element: Element | undefined): string {
	const value = element?.['#text'];
	return typeof value === 'string' ? value : '';
}

import Docxtemplater from 'docxtemplater';
import { unzipSync } from 'fflate';
import PizZip from 'pizzip';
import { TEMPLATE_FIELDS, type TemplateField, type TemplateValues } from '#lib/reporting/template-fields.ts';
import { DomainError } from '../platform/errors.ts';
import { recogniseFile } from '../platform/files/recognise-file.ts';

/** Unpacked, a document of this size has thousands of pages; more is a decompression bomb. */
const MOST_UNPACKED_BYTES = 60 * 1024 * 1024;

/**
 * Fills a Word template. Fields are looked up by name and nothing else: no expression of a template is ever evaluated.
 * @throws {DomainError} as {@link checkTemplate}
 */
export function fillTemplate(template: Uint8Array, values: TemplateValues): Buffer {
	const document = open(template);
	document.render(values as Record<string, unknown>);
	return document.toBuffer();
}

/**
 * Refuses what is no Word document, has macros, or names fields that no report has.
 * @throws {DomainError} `invalid` `form.file_type`, `reporting.template_broken`, `reporting.unknown_field`
 */
export function checkTemplate(template: Uint8Array): void {
	const parts: Part[] = [];
	// The library's own inspector needs a package that it does not bring.
	open(template, {
		name: 'places',
		set: ({ inspect }: { inspect?: { postparsed?: Part[] } }) => parts.push(...(inspect?.postparsed ?? []))
	});
	const unknown = unknownFields(parts, TEMPLATE_FIELDS);
	if (unknown.length > 0) throw new DomainError('invalid', 'reporting.unknown_field', { names: unknown.join(', ') });
}

function open(template: Uint8Array, ...modules: object[]): Docxtemplater {
	const kind = recogniseFile(template);
	if (kind?.kind !== 'office' || kind.extension !== 'docx') throw new DomainError('invalid', 'form.file_type');
	try {
		return new Docxtemplater(unpack(template), {
			modules: modules as never[],
			...{ paragraphLoop: true, linebreaks: true, errorLogging: false, nullGetter: () => '' },
			parser: (tag: string) => ({ get: (scope: unknown) => (tag === '.' ? scope : own(scope, tag)) })
		});
	} catch (error) {
		if (error instanceof DomainError) throw error;
		throw new DomainError('invalid', 'reporting.template_broken', { where: whereOf(error) });
	}
}

/** Every part in memory of its declared size: what unpacks to more ends in an error, not in a full machine. */
function unpack(template: Uint8Array): PizZip {
	let total = 0;
	const parts = unzipSync(template, {
		filter({ originalSize }) {
			total += originalSize;
			if (total > MOST_UNPACKED_BYTES) throw new DomainError('invalid', 'form.file_type');
			return true;
		}
	});
	const zip = new PizZip();
	for (const [name, bytes] of Object.entries(parts)) {
		if (!name.endsWith('/')) zip.file(name, bytes, { binary: true });
	}
	return zip;
}

/** Names may stand in capitals, as letterheads do. */
function own(scope: unknown, tag: string): unknown {
	const name = tag.toLowerCase();
	const isThere = scope !== null && typeof scope === 'object' && Object.hasOwn(scope, name);
	return isThere ? (scope as Record<string, unknown>)[name] : undefined;
}

/** A piece of a parsed template: text, or a place; a loop holds those between its ends. */
type Part = Readonly<{ type: string; value: string; subparsed?: readonly Part[] }>;

function unknownFields(parts: readonly Part[], fields: readonly TemplateField[]): string[] {
	const unknown = parts
		.filter(({ type }) => type === 'placeholder')
		.flatMap(({ value, subparsed }) => {
			const field = [...fields, ...TEMPLATE_FIELDS].find((one) => one.name === value.toLowerCase());
			if (!field) return [value];
			return unknownFields(subparsed ?? [], field.columns ?? []).map((below) => `${value}.${below}`);
		});
	return [...new Set(unknown)];
}

/** The library says which tag was not closed or opened; its own words are English. */
function whereOf(error: unknown): string {
	const { properties } = error as { properties?: { errors?: { properties?: { xtag?: string } }[]; xtag?: string } };
	const tags = [properties?.xtag, ...(properties?.errors ?? []).map((one) => one.properties?.xtag)];
	return (
		tags
			.filter((tag) => typeof tag === 'string' && tag !== '')
			.slice(0, 5)
			.join(', ') || '…'
	);
}

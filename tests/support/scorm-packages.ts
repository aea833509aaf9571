import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';

/** Others' packages to test with; whoever runs the tests says where they lie. */
const DIR = process.env.SCORM_PACKAGES_DIR;

/**
 * The zip files of one set (`golf`, `hostile`) by their names; empty, and said aloud, where the folder is not given.
 */
export function packagesOf(set: 'golf' | 'hostile'): string[] {
	const folder = folderOf(set);
	if (!folder) return [];
	return readdirSync(folder)
		.filter((name) => name.endsWith('.zip'))
		.toSorted();
}

/** Where a file of the material lies. */
export const packagePath = (...parts: string[]): string => path.join(DIR ?? '', ...parts);

let hasSaid = false;

/** The folder of a set, or undefined. */
export function folderOf(set: 'golf' | 'hostile' | 'adl-cts'): string | undefined {
	if (DIR && existsSync(path.join(DIR, set))) return path.join(DIR, set);
	if (!hasSaid) console.warn('!!! SCORM_PACKAGES_DIR is not set: SKIPPED what needs the packages of others !!!');
	hasSaid = true;
	return undefined;
}

/** A zip file of the given texts and bytes. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
	const entries = Object.entries(files).map(([name, body]) => [name, typeof body === 'string' ? strToU8(body) : body]);
	return zipSync(Object.fromEntries(entries) as Zippable, { level: 1 });
}

/** A SCORM 1.2 item; `rules` are the elements of adlcp that stand in it. */
export type PlannedItem = Readonly<{ id: string; title?: string; href?: string; rules?: string; parameters?: string }>;

/** A manifest of SCORM 1.2 with one level of items, each a SCO. */
export function manifest12(title: string, items: readonly PlannedItem[]): string {
	const lines = items.map(
		({ id, title: name = id, rules = '', parameters = '' }) =>
			`<item identifier="${id}" identifierref="r-${id}" parameters="${parameters}"><title>${name}</title>${rules}</item>`
	);
	const resources = items.map(
		({ id, href = `${id}.html` }) =>
			`<resource identifier="r-${id}" type="webcontent" adlcp:scormtype="sco" href="${href}"><file href="${href}"/></resource>`
	);
	return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>${title}</title>${lines.join('')}</organization></organizations>
<resources>${resources.join('')}</resources></manifest>`;
}

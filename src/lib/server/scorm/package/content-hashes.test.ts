import { describe, expect, test } from 'vitest';
import { contentHashes } from './content-hashes.ts';
import { pathFinder } from './launch-address.ts';
import { readManifest } from './manifest.ts';

const MANIFEST = `<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
	<metadata><schemaversion>1.2</schemaversion></metadata>
	<organizations default="o"><organization identifier="o"><title>T</title>
	<item identifier="a" identifierref="ra"/><item identifier="b" identifierref="rb" parameters="?p=1"/></organization></organizations>
	<resources xml:base="sco/">
	<resource identifier="ra" adlcp:scormtype="sco" href="a.html"><file href="a.html"/><dependency identifierref="common"/></resource>
	<resource identifier="rb" adlcp:scormtype="sco" href="b.html"><file href="b.html"/><file href="missing.js"/></resource>
	<resource identifier="common" type="webcontent"><file href="a.js"/><dependency identifierref="ra"/></resource>
	</resources></manifest>`;
const FILES = { 'imsmanifest.xml': '0', 'sco/a.html': '1', 'sco/a.js': '2', 'sco/b.html': '3', 'lib/all.js': '4' };

function hashes(files: Readonly<Record<string, string>> = FILES, manifestText = MANIFEST) {
	const { manifest, ownFiles } = readManifest(Buffer.from(manifestText), pathFinder(Object.keys(files)));
	return contentHashes(manifest, ownFiles, new Map(Object.entries(files)));
}

describe('what an item is made of', () => {
	test('changes with its own files and those it depends on, not with those of others', () => {
		const { a, b } = hashes();
		const changed = hashes({ ...FILES, 'sco/a.js': 'x' });
		expect([changed.a === a, changed.b === b]).toEqual([false, true]);
	});

	test('changes with what no item lists, and with how it is opened', () => {
		const { a, b } = hashes();
		const changed = hashes({ ...FILES, 'lib/all.js': 'x' });
		expect([changed.a === a, changed.b === b]).toEqual([false, false]);
		const opened = hashes(FILES, MANIFEST.replace('?p=1', '?p=2'));
		expect([opened.a === a, opened.b === b]).toEqual([true, false]);
	});

	test('stays the same with another manifest, other identifiers of resources and other schemas', () => {
		const files = { ...FILES, 'imsmanifest.xml': 'x', 'adlcp.xsd': 'y' };
		expect(hashes(files, MANIFEST.replaceAll('"ra"', '"other"'))).toEqual(hashes());
	});
});

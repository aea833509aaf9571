import { describe, expect, test } from 'vitest';
import { launchableItems, type Manifest } from '#lib/scorm/manifest.ts';
import { pathFinder } from './launch-address.ts';
import { readManifest } from './manifest.ts';

const FILES = ['index.html', 'a/b c.html', 'course/start.html', 'Mixed/Case.HTML'];

function read(xml: string, files: readonly string[] = FILES) {
	return readManifest(Buffer.from(xml), pathFinder(files));
}

/** A SCORM 1.2 manifest around items and resources. */
function of12(
	items: string,
	resources = '<resource identifier="r" adlcp:scormtype="sco" href="index.html"/>',
	attributes = ''
) {
	return `<?xml version="1.0"?><manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" ${attributes}>
	<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
	<organizations default="o"><organization identifier="o"><title>Bài  học</title>${items}</organization></organizations>
	<resources>${resources}</resources></manifest>`;
}

/** A SCORM 2004 manifest; `sequencing` stands in the one item. */
function of2004(item: string, more = '', organization = '') {
	return `<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3">
	<metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
	<organizations default="o"><organization identifier="o" ${organization}><title>T</title>
	<item identifier="i" identifierref="r"><title>I</title>${item}</item></organization></organizations>
	<resources><resource identifier="r" adlcp:scormType="sco" href="index.html"/></resources>${more}</manifest>`;
}

const firstItem = ({ organizations }: Manifest) => organizations[0]!.items[0]!;
const codes = ({ remarks }: { remarks: { code: string }[] }) => remarks.map(({ code }) => code);

describe('what a package says of itself', () => {
	test('titles are one line of NFC text, items keep their order and nesting', () => {
		const { manifest, remarks } = read(
			of12('<item identifier="a"><title>\n  Phần\n 1 </title><item identifier="b" identifierref="r"/></item>')
		);
		expect(remarks).toEqual([]);
		expect(manifest).toMatchObject({ standard: '1.2', edition: '1.2', title: 'Bài học', defaultOrganization: 'o' });
		expect(firstItem(manifest)).toMatchObject({ title: 'Phần 1', items: [{ identifier: 'b', title: 'b' }] });
		expect(launchableItems(manifest.organizations[0]!)).toHaveLength(1);
	});

	test('SCORM 1.2 rules: prerequisites, mastery score, time limit, launch data', () => {
		const rules = `<adlcp:prerequisites type="aicc_script">a&amp;b</adlcp:prerequisites><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>
			<adlcp:timelimitaction>exit, message</adlcp:timelimitaction><adlcp:datafromlms>x=1&#10;</adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore>`;
		const { manifest } = read(of12(`<item identifier="i" identifierref="r">${rules}</item>`));
		expect(firstItem(manifest)).toMatchObject({
			prerequisites: 'a&b',
			maxTimeAllowed: '00:30:00',
			timeLimitAction: 'exit,message',
			launchData: 'x=1\n',
			masteryScore: 80
		});
	});

	test('numbers that are none are left out and remarked', () => {
		const rules = '<adlcp:maxtimeallowed>an hour</adlcp:maxtimeallowed><adlcp:masteryscore>high</adlcp:masteryscore>';
		const read12 = read(of12(`<item identifier="i" identifierref="r">${rules}</item>`));
		expect(firstItem(read12.manifest)).not.toHaveProperty('masteryScore');
		expect(codes(read12)).toEqual(['mastery_score', 'max_time_allowed']);
	});

	test('SCORM 2004: threshold, shared data, hidden controls, time limit, global objectives', () => {
		const { manifest } = read(
			of2004(
				`<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.6" progressWeight="0.5"/>
				<adlcp:data><adlcp:map targetID="store" writeSharedData="false"/></adlcp:data><adlcp:timeLimitAction>continue,no message</adlcp:timeLimitAction>
				<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>
				<imsss:sequencing><imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H"/></imsss:sequencing>`,
				'',
				'adlseq:objectivesGlobalToSystem="false"'
			)
		);
		expect(manifest).toMatchObject({ standard: '2004', edition: '2004 4th Edition' });
		expect(manifest.organizations[0]).toMatchObject({
			objectivesGlobalToSystem: false,
			sharedDataGlobalToSystem: true
		});
		expect(firstItem(manifest)).toMatchObject({
			completionThreshold: { completedByMeasure: true, minProgressMeasure: 0.6, progressWeight: 0.5 },
			sharedData: [{ targetId: 'store', canRead: true, canWrite: false }],
			hideLmsUi: ['continue'],
			maxTimeAllowed: 'PT1H',
			timeLimitAction: 'continue,no message',
			sequencing: { attemptLimit: 2 }
		});
	});

	test('sequencing of a collection is filled in, and own parts win', () => {
		const { manifest } = read(
			of2004(
				'<imsss:sequencing IDRef="shared"><imsss:controlMode flow="true"/></imsss:sequencing>',
				`<imsss:sequencingCollection><imsss:sequencing ID="shared"><imsss:controlMode choice="false"/><imsss:deliveryControls tracked="false"/></imsss:sequencing></imsss:sequencingCollection>`
			)
		);
		const { sequencing } = firstItem(manifest);
		expect(sequencing?.controls).toMatchObject({ choice: true, flow: true });
		expect(sequencing?.delivery.tracked).toBe(false);
	});

	test('objectives of both vocabularies meet by their ID', () => {
		const { manifest } = read(
			of2004(`<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure></imsss:primaryObjective>
				<imsss:objective objectiveID="x"><imsss:mapInfo targetObjectiveID="g" readNormalizedMeasure="false" writeSatisfiedStatus="true"/></imsss:objective></imsss:objectives>
				<adlseq:objectives><adlseq:objective objectiveID="x"><adlseq:mapInfo targetObjectiveID="g" writeRawScore="true"/></adlseq:objective></adlseq:objectives></imsss:sequencing>`)
		);
		const { objectives } = firstItem(manifest).sequencing!;
		expect(objectives).toMatchObject([
			{ id: 'p', isPrimary: true, satisfiedByMeasure: true, minNormalizedMeasure: 0.7 },
			{
				id: 'x',
				isPrimary: false,
				maps: [{ targetId: 'g', readNormalizedMeasure: false, writeSatisfiedStatus: true, writeRawScore: true }]
			}
		]);
	});

	test('the third edition writes the completion threshold as text', () => {
		const { manifest } = read(of2004('<adlcp:completionThreshold>0.75</adlcp:completionThreshold>'));
		expect(firstItem(manifest).completionThreshold).toMatchObject({
			completedByMeasure: true,
			minProgressMeasure: 0.75
		});
	});
});

describe('what an item opens', () => {
	const open = (resource: string, item = '', attributes = '') => {
		const xml = of12(
			`<item identifier="i" identifierref="r" ${item}/>`,
			`<resource identifier="r" ${resource}/>`,
			attributes
		);
		const result = read(xml);
		return { launch: firstItem(result.manifest).launch, remarks: codes(result) };
	};

	test.for([
		['a percent-encoded name', 'href="a/b%20c.html"', '', 'a/b c.html', '', ''],
		['parameters of both, joined', 'href="index.html?x=1"', 'parameters="?a=1"', 'index.html', '?x=1&a=1', ''],
		['parameters of the item alone', 'href="index.html"', 'parameters="a=1"', 'index.html', '?a=1', ''],
		['a fragment, last', 'href="index.html#top"', 'parameters="&amp;a=1"', 'index.html', '?a=1', '#top'],
		['a base of the resource', 'xml:base="course/" href="start.html"', '', 'course/start.html', '', ''],
		['a base without its slash', 'xml:base="course" href="start.html"', '', 'course/start.html', '', ''],
		['steps that stay within', 'href="course/../index.html"', '', 'index.html', '', '']
	] as const)('%s', ([, resource, item, path, search, hash]) => {
		expect(open(resource, item).launch).toEqual({ path, search, hash, kind: 'sco' });
	});

	test('bases of manifest and resources are joined', () => {
		const xml = of12('<item identifier="i" identifierref="r"/>', '', 'xml:base="cou"').replace(
			'<resources>',
			'<resources xml:base="rse/"><resource identifier="r" href="start.html"/>'
		);
		expect(firstItem(read(xml, ['cou/rse/start.html']).manifest).launch?.path).toBe('cou/rse/start.html');
	});

	test('case and backslashes are put right and remarked', () => {
		expect(open('href="mixed\\case.html"')).toMatchObject({
			launch: { path: 'Mixed/Case.HTML' },
			remarks: ['backslash_in_address', 'address_differs']
		});
	});

	test.for([
		'http://e.vn/x.html',
		'//e.vn/x.html',
		'javascript:alert(1)',
		'data:text/html,x',
		'../x.html',
		'/index.html',
		'a/%2e%2e/../../x',
		'C:\\x.html'
	])('%s leads out of the package, which is refused whole', (href) => {
		expect(() => open(`href="${href}"`)).toThrow('scorm.href_outside');
	});

	test('an item without its file is remarked while others can be opened, and refused alone', () => {
		const missing = '<resource identifier="r" href="index.html"/><resource identifier="s" href="gone.html"/>';
		const two = read(of12('<item identifier="i" identifierref="r"/><item identifier="j" identifierref="s"/>', missing));
		expect(codes(two)).toEqual(['item_href_missing']);
		expect(() => read(of12('<item identifier="j" identifierref="s"/>', missing))).toThrow('scorm.href_missing');
	});

	test('an asset is told from a SCO', () => {
		expect(open('adlcp:scormtype="asset" href="index.html"').launch?.kind).toBe('asset');
	});
});

describe('texts that are not quite XML', () => {
	const plain = of12('<item identifier="i" identifierref="r"><title>Đề án</title></item>').replace(
		'<?xml version="1.0"?>',
		''
	);

	test.for([
		['a UTF-8 byte order mark', Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>${plain}`)],
		['UTF-16 with a mark', Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${plain}`, 'utf16le')],
		['UTF-16 without a mark', Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${plain}`, 'utf16le')]
	] as const)('%s reads as itself', ([, bytes]) => {
		const { manifest, remarks } = readManifest(bytes, pathFinder(FILES));
		expect(firstItem(manifest).title).toBe('Đề án');
		expect(remarks).toEqual([]);
	});

	test.for([
		['a document type', `<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>${plain}`, 'scorm.xml_doctype'],
		['an unclosed tag', plain.replace('</resources>', ''), 'scorm.xml_malformed'],
		['something else', '<html/>', 'scorm.no_manifest_element'],
		[
			'a name that would poison',
			plain.replace('<metadata>', '<constructor>1</constructor><metadata>'),
			'scorm.xml_unreadable'
		],
		['items without end', of12('<item identifier="x">'.repeat(1) + nested(60) + '</item>'), 'scorm.too_deep'],
		['tags without end', of12(nested(3000)), 'scorm.too_deep'],
		[
			'one identifier twice',
			of12('<item identifier="i" identifierref="r"/><item identifier="i"/>'),
			'scorm.duplicate_item'
		],
		['nothing to open', of12('<item identifier="i"/>'), 'scorm.nothing_to_open']
	] as const)('%s is refused', ([, xml, code]) => {
		expect(() => read(xml)).toThrow(code);
	});
});

function nested(levels: number): string {
	const open = Array.from({ length: levels }, (_, i) => `<item identifier="n${i}">`).join('');
	return `${open}${'</item>'.repeat(levels)}`;
}

import {
	HIDEABLE_UI,
	launchableItems,
	TIME_LIMIT_ACTIONS,
	type CompletionThreshold,
	type Item,
	type Launch,
	type Manifest,
	type Organization,
	type Remark,
	type SharedDataMap,
	type Standard
} from '#lib/scorm/manifest.ts';
import { tidy } from '#lib/text/fold.ts';
import { DomainError } from '../../platform/errors.ts';
import { resolveLaunch, type PathFinder } from './launch-address.ts';
import { decodeManifest } from './manifest-text.ts';
import { decimal, flag, readSequencing, readSequencingCollection, type SequencingCollection } from './sequencing.ts';
import { attributeOf, childOf, childrenOf, parseXml, textOf, type Element } from './xml.ts';

/** A table of contents beyond these is a mistake or an attack. */
const DEEPEST_ITEM = 50;
const MOST_ITEMS = 10_000;
const LONGEST_TITLE = 500;
const LONGEST_IDENTIFIER = 4000;
/** Characters of `launch_data`; SCORM 1.2 asks for 4,096, SCORM 2004 for 4,000. */
const LONGEST_LAUNCH_DATA = 64_000;

/** What is known while a manifest is read. */
type Reading = {
	readonly standard: Standard;
	readonly find: PathFinder;
	readonly bases: readonly string[];
	readonly resources: ReadonlyMap<string, Element>;
	readonly collection: SequencingCollection;
	readonly remarks: Remark[];
	/** Identifiers of items seen so far. */
	readonly identifiers: Set<string>;
	/** Why items cannot be opened, first reason first. */
	readonly problems: DomainError[];
	/** Paths that the resources of items list, by item. */
	readonly ownFiles: Map<string, readonly string[]>;
};

/** A manifest, what is not quite right with it, and the files that the resource of each item lists as its own. */
export type ReadManifest = Readonly<{
	manifest: Manifest;
	remarks: Remark[];
	ownFiles: ReadonlyMap<string, readonly string[]>;
}>;

/**
 * Reads a package's manifest completely and checks it against the files that are there.
 * @throws {DomainError} `invalid` with a sentence for the author, where nothing of the package could be opened or where it
 * would lead out of itself
 */
export function readManifest(bytes: Uint8Array, find: PathFinder): ReadManifest {
	const { text, remarks } = decodeManifest(bytes);
	const root = parseXml(text);
	const { standard, edition } = editionOf(root, text, remarks);
	const resourceList = childOf(root, 'resources');
	const reading: Reading = {
		standard,
		find,
		bases: [root, resourceList].flatMap((element) => attributeOf(element, 'base') ?? []),
		resources: readResources(resourceList, remarks),
		collection: readSequencingCollection(root),
		remarks,
		identifiers: new Set(),
		problems: [],
		ownFiles: new Map()
	};
	const list = childOf(root, 'organizations');
	const organizations = childrenOf(list, 'organization').map((element, i) => readOrganization(element, i, reading));
	if (organizations.length === 0) organizations.push(organizationOfResources(root, reading));
	const playable = organizations.filter((organization) => launchableItems(organization).length > 0);
	if (playable.length === 0) throw reading.problems[0] ?? new DomainError('invalid', 'scorm.nothing_to_open');
	for (const { code, params } of reading.problems)
		remarks.push({ code: `item_${code.slice('scorm.'.length)}`, params });
	const wanted = attributeOf(list, 'default');
	const chosen = playable.find(({ identifier }) => identifier === wanted) ?? playable[0]!;
	if (wanted && chosen.identifier !== wanted) remarks.push({ code: 'default_organization', params: { wanted } });
	return {
		manifest: {
			standard,
			edition,
			identifier: (attributeOf(root, 'identifier') ?? '').slice(0, LONGEST_IDENTIFIER),
			title: chosen.title,
			organizations: playable,
			defaultOrganization: chosen.identifier
		},
		remarks,
		ownFiles: reading.ownFiles
	};
}

/** By the schema's version, else by the namespaces used. */
function editionOf(root: Element, text: string, remarks: Remark[]): { standard: Standard; edition: string } {
	const metadata = childOf(root, 'metadata');
	const said = textOf(childOf(metadata, 'schemaversion')).trim();
	const is2004 = /adlcp_v1p3|imscp_v1p1"|adlseq_v1p3|imsss/.test(text);
	if (/^1\.2\b/.test(said) && !/adlcp_v1p3/.test(text)) {
		if (!/xmlns(:[\w-]+)?\s*=\s*["'][^"']*imscp/.test(text)) remarks.push({ code: 'no_namespace' });
		return { standard: '1.2', edition: '1.2' };
	}
	const edition = /(\d)\s*(st|nd|rd|th)\s*edition/i.exec(said);
	if (edition) return { standard: '2004', edition: `2004 ${edition[1]}${edition[2]} Edition` };
	if (/^(cam )?1\.3$|2004/i.test(said)) return { standard: '2004', edition: '2004' };
	remarks.push({ code: 'no_schema_version' });
	return is2004 ? { standard: '2004', edition: '2004' } : { standard: '1.2', edition: '1.2' };
}

function readResources(list: Element | undefined, remarks: Remark[]): Map<string, Element> {
	const found = new Map<string, Element>();
	for (const resource of childrenOf(list, 'resource')) {
		const identifier = attributeOf(resource, 'identifier') ?? '';
		if (!found.has(identifier)) found.set(identifier, resource);
		else remarks.push({ code: 'duplicate_resource', params: { identifier: identifier.slice(0, 100) } });
	}
	return found;
}

function readOrganization(element: Element, index: number, reading: Reading): Organization {
	const sequencing = reading.standard === '2004' ? readSequencing(element, reading.collection) : undefined;
	return {
		identifier: identifierOf(element) || `organization-${index + 1}`,
		title: titleOf(element) || `${index + 1}`,
		items: readItems(element, reading, 1),
		...(sequencing && { sequencing }),
		objectivesGlobalToSystem: flag(element, 'objectivesglobaltosystem', true),
		sharedDataGlobalToSystem: flag(element, 'shareddataglobaltosystem', true)
	};
}

function readItems(parent: Element, reading: Reading, depth: number): Item[] {
	const elements = childrenOf(parent, 'item');
	if (elements.length > 0 && depth > DEEPEST_ITEM) throw new DomainError('invalid', 'scorm.too_deep');
	return elements.map((element) => readItem(element, reading, depth));
}

function readItem(element: Element, reading: Reading, depth: number): Item {
	const identifier = identifierOf(element) || `item-${reading.identifiers.size + 1}`;
	if (reading.identifiers.has(identifier)) throw new DomainError('invalid', 'scorm.duplicate_item', { identifier });
	reading.identifiers.add(identifier);
	if (reading.identifiers.size > MOST_ITEMS) throw new DomainError('invalid', 'scorm.too_many_items');
	const items = readItems(element, reading, depth + 1);
	const title = titleOf(element) || identifier.slice(0, LONGEST_TITLE);
	// SCORM 2004 opens leaves only (CAM 3.4.1.8).
	const mayOpen = reading.standard === '1.2' || items.length === 0;
	const launch = mayOpen ? readLaunch(element, title, reading) : undefined;
	if (launch) reading.ownFiles.set(identifier, ownFilesOf(element, reading));
	return {
		identifier,
		title,
		isVisible: flag(element, 'isvisible', true),
		...(launch && { launch }),
		items,
		...(reading.standard === '1.2' ? rulesOf12(element, reading) : rulesOf2004(element, reading))
	};
}

function readLaunch(element: Element, title: string, reading: Reading): Launch | undefined {
	const reference = attributeOf(element, 'identifierref')?.trim();
	if (!reference) return undefined;
	const resource = reading.resources.get(reference);
	if (!resource) return problem(reading, 'scorm.dangling_reference', { title, reference });
	return launchOf(resource, attributeOf(element, 'parameters') ?? '', title, reading);
}

/** Files that a manifest lists for its items, all together; a list beyond that is not kept, and its files count as shared. */
const MOST_OWN_FILES = 100_000;

/** What the resource of an item lists as its files, and the resources that it depends on (CAM 3.4.2). */
function ownFilesOf(item: Element, reading: Reading): string[] {
	const found = new Set<string>();
	const seen = new Set<string>();
	const waiting = [attributeOf(item, 'identifierref')?.trim() ?? ''];
	let room = MOST_OWN_FILES;
	for (const listed of reading.ownFiles.values()) room -= listed.length;
	for (let identifier = waiting.pop(); identifier !== undefined; identifier = waiting.pop()) {
		const resource = reading.resources.get(identifier);
		if (!resource || seen.has(identifier)) continue;
		seen.add(identifier);
		const base = attributeOf(resource, 'base');
		const bases = [...reading.bases, ...(base ? [base] : [])];
		for (const file of childrenOf(resource, 'file')) {
			const resolved = resolveLaunch({ bases, href: attributeOf(file, 'href') ?? '' }, reading.find);
			if (resolved.ok) found.add(resolved.launch.path);
		}
		if (found.size > room) return [];
		for (const each of childrenOf(resource, 'dependency'))
			waiting.push(attributeOf(each, 'identifierref')?.trim() ?? '');
	}
	return [...found];
}

function launchOf(resource: Element, parameters: string, title: string, reading: Reading): Launch | undefined {
	const href = attributeOf(resource, 'href');
	if (!href?.trim()) return problem(reading, 'scorm.no_href', { title });
	const base = attributeOf(resource, 'base');
	const resolved = resolveLaunch(
		{ bases: [...reading.bases, ...(base ? [base] : [])], href, parameters },
		reading.find
	);
	if (!resolved.ok) {
		const params = { title, href: resolved.href.slice(0, 200) };
		if (resolved.code === 'scorm.href_outside') throw new DomainError('invalid', resolved.code, params);
		return problem(reading, resolved.code, params);
	}
	reading.remarks.push(...resolved.remarks);
	const type = attributeOf(resource, 'scormtype')?.trim().toLowerCase();
	return { ...resolved.launch, kind: type === 'asset' ? 'asset' : 'sco' };
}

function problem(reading: Reading, code: string, params: Record<string, string>): undefined {
	reading.problems.push(new DomainError('invalid', code, params));
}

/** A package of resources without a table of contents: its first SCO, or first resource with an address, is the one line. */
function organizationOfResources(root: Element, reading: Reading): Organization {
	reading.remarks.push({ code: 'no_organization' });
	const resources = [...reading.resources.values()];
	const isSco = (each: Element) => attributeOf(each, 'scormtype')?.toLowerCase() === 'sco';
	const first = resources.find(isSco) ?? resources.find((each) => attributeOf(each, 'href'));
	const title = titleOf(root) || (attributeOf(root, 'identifier') ?? '').slice(0, LONGEST_TITLE) || '1';
	const launch = first && launchOf(first, '', title, reading);
	return {
		identifier: 'organization-1',
		title,
		items: launch ? [{ identifier: 'item-1', title, isVisible: true, launch, items: [] }] : [],
		objectivesGlobalToSystem: true,
		sharedDataGlobalToSystem: true
	};
}

type Rules = Omit<Item, 'identifier' | 'title' | 'isVisible' | 'launch' | 'items'>;

function rulesOf12(element: Element, reading: Reading): Rules {
	const text = (name: string) => textOf(childOf(element, name)).trim();
	const prerequisites = text('prerequisites');
	const mastery = decimal(text('masteryscore') || undefined, Number.NaN);
	if (text('masteryscore') && !(mastery >= 0 && mastery <= 100)) reading.remarks.push({ code: 'mastery_score' });
	const allowed = text('maxtimeallowed');
	const isTime = /^\d{2,4}:[0-5]?\d:[0-5]?\d(\.\d{1,2})?$/.test(allowed);
	if (allowed && !isTime) reading.remarks.push({ code: 'max_time_allowed' });
	return {
		...(prerequisites && { prerequisites }),
		...(mastery >= 0 && mastery <= 100 && { masteryScore: mastery }),
		...(isTime && { maxTimeAllowed: allowed }),
		...timeLimitOf(element),
		...launchDataOf(element, reading)
	};
}

function rulesOf2004(element: Element, reading: Reading): Rules {
	const sequencing = readSequencing(element, reading.collection);
	const threshold = thresholdOf(childOf(element, 'completionthreshold'));
	const duration = attributeOf(
		childOf(childOf(element, 'sequencing'), 'limitconditions'),
		'attemptabsolutedurationlimit'
	);
	const sharedData = childrenOf(childOf(element, 'data'), 'map').flatMap((map) => sharedDataOf(map) ?? []);
	const navigation = childOf(childOf(element, 'presentation'), 'navigationinterface');
	const hidden = childrenOf(navigation, 'hidelmsui').map((each) => textOf(each).trim().toLowerCase());
	const hideLmsUi = HIDEABLE_UI.filter((part) => hidden.includes(part.toLowerCase()));
	return {
		...(sequencing && { sequencing }),
		...(threshold && { completionThreshold: threshold }),
		...(duration?.trim() && { maxTimeAllowed: duration.trim() }),
		...(sharedData.length > 0 && { sharedData }),
		...(hideLmsUi.length > 0 && { hideLmsUi }),
		...timeLimitOf(element),
		...launchDataOf(element, reading)
	};
}

/** By attributes in the 4th edition, by the element's own text before. */
function thresholdOf(element: Element | undefined): CompletionThreshold | undefined {
	if (!element) return undefined;
	const older = textOf(element).trim();
	return {
		completedByMeasure: flag(element, 'completedbymeasure', older !== ''),
		minProgressMeasure: decimal(attributeOf(element, 'minprogressmeasure') ?? (older || undefined), 1),
		progressWeight: decimal(attributeOf(element, 'progressweight'), 1)
	};
}

function sharedDataOf(map: Element): SharedDataMap | undefined {
	const targetId = attributeOf(map, 'targetid')?.trim();
	if (!targetId) return undefined;
	return { targetId, canRead: flag(map, 'readshareddata', true), canWrite: flag(map, 'writeshareddata', true) };
}

function timeLimitOf(element: Element): Pick<Item, 'timeLimitAction'> {
	const said = tidy(textOf(childOf(element, 'timelimitaction')))
		.toLowerCase()
		.replace(/\s*,\s*/, ',');
	const timeLimitAction = TIME_LIMIT_ACTIONS.find((action) => action === said);
	return timeLimitAction ? { timeLimitAction } : {};
}

function launchDataOf(element: Element, reading: Reading): Pick<Item, 'launchData'> {
	const launchData = textOf(childOf(element, 'datafromlms'));
	if (launchData.length <= LONGEST_LAUNCH_DATA) return launchData ? { launchData } : {};
	reading.remarks.push({ code: 'launch_data_too_long' });
	return {};
}

const identifierOf = (element: Element) =>
	(attributeOf(element, 'identifier') ?? '').trim().slice(0, LONGEST_IDENTIFIER);

/** One line of text; a title may hold anything and is only ever shown as text. */
function titleOf(element: Element): string {
	const title = childOf(element, 'title');
	return tidy(textOf(title) || textOf(childOf(title, 'langstring'))).slice(0, LONGEST_TITLE);
}

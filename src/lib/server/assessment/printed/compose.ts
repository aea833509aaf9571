import { boxesOf, keyOnPaper, letterOf } from '#lib/assessment/paper-letters.ts';
import type { PaperVariant } from '#lib/assessment/paper-variant.ts';
import type { AtomicBody } from '#lib/assessment/question.ts';
import { printedSheetTexts as t } from '#lib/i18n/printed-papers.ts';
import type { PagedBlock, PagedDocument } from '../../platform/office/paged-document.ts';
import type { VersionRow } from '../question-access.ts';
import { atomicBody, showItem } from '../show-item.ts';
import type { Pictures } from '../pictures.ts';
import { askedBlocks, richBlocks } from './ask.ts';

export type Version = Pick<VersionRow, 'id' | 'stem' | 'body' | 'explanation'>;

/** A printed paper with what its sheets say. */
export type Printed = Readonly<{
	title: string;
	agency: string;
	className: string;
	timeLimitMin: number | null;
	sections: readonly string[];
	/** `yyyy-mm-dd` of its making. */
	day: string;
	versions: ReadonlyMap<string, Version>;
	/** What its questions show; answer sheets and keys show none. */
	pictures: Pictures;
}>;

/** The questions of one mã đề. */
export function composeExam(printed: Printed, { code, items }: PaperVariant): PagedDocument {
	const blocks: PagedBlock[] = [...letterhead(printed, t.exam, code), ...person()];
	let [section, situation] = [0, ''];
	for (const item of items) {
		if (item.section !== section) {
			section = item.section;
			const heading = printed.sections[section - 1];
			if (heading) blocks.push({ kind: 'text', text: heading, isBold: true, isKept: true });
		}
		const { asked } = showItem(item, versionOf(printed, item.versionId), asWritten);
		if (item.partId && item.versionId !== situation)
			blocks.push(...richBlocks(asked.situation, printed.pictures, { isItalic: true, isKept: true }));
		situation = item.versionId;
		blocks.push(...askedBlocks(item.position, asked.stem, asked.item, printed.pictures));
	}
	blocks.push({ kind: 'text', text: t.end, isBold: true, isCentred: true });
	return { ...factsOf(printed, t.exam, code), footer: t.footer(code), blocks };
}

/** The sheet that a learner answers one mã đề on: boxes for choices, lines for words. */
export function composeSheet(printed: Printed, { code, items }: PaperVariant): PagedDocument {
	const asked = items.map((item) => ({ number: item.position, body: bodyOf(printed, item) }));
	const ticked = asked.filter(({ body }) => boxesOf(body) > 0);
	const written = asked.filter(({ body }) => boxesOf(body) === 0);
	const blocks: PagedBlock[] = [
		...letterhead(printed, t.sheet, code),
		...person(),
		{ kind: 'table', parts: [1, 2, 2], head: t.examiners, rows: [['', '', '']], rowMm: 14 }
	];
	if (ticked.length > 0) blocks.push({ kind: 'text', text: t.tick, isItalic: true, isKept: true }, grid(ticked));
	if (written.length > 0) blocks.push({ kind: 'text', text: t.write, isItalic: true, isKept: true });
	for (const { number, body } of written) {
		const label = t.question(String(number));
		for (let i = 0; i < linesFor(body); i++)
			blocks.push({ kind: 'fill', fields: [{ label: i === 0 ? label : '', part: 1 }] });
	}
	return { ...factsOf(printed, t.sheet, code), footer: t.footer(code), blocks };
}

/** The right answers of every mã đề beside each other. Not for learners. */
export function composeKey(printed: Printed, variants: readonly PaperVariant[]): PagedDocument {
	const count = variants[0]?.items.length ?? 0;
	const rows = Array.from({ length: count }, (_, i) => [
		String(i + 1),
		...variants.map(({ items }) => {
			const item = items[i];
			return item ? keyOnPaper(bodyOf(printed, item), item.optionOrder) || t.byHand : '';
		})
	]);
	const head = [t.number, ...variants.map(({ code }) => code)];
	const blocks: PagedBlock[] = [
		...letterhead(printed, t.key),
		{ kind: 'table', parts: [1.2, ...variants.map(() => 2)], head, rows, rowMm: 7 }
	];
	return { ...factsOf(printed, t.key), footer: t.keyFooter, blocks };
}

const asWritten = (html: string) => html;

function letterhead(printed: Printed, kind: string, code?: string): PagedBlock[] {
	const { agency, title, className, timeLimitMin } = printed;
	return [
		{
			kind: 'head',
			left: [agency.toUpperCase(), ...(code ? [t.code(code)] : [])],
			right: [kind, title, t.className(className), ...(timeLimitMin ? [t.time(String(timeLimitMin))] : [])]
		}
	];
}

const person = (): PagedBlock[] => [
	{
		kind: 'fill',
		fields: [
			{ label: t.name, part: 3 },
			{ label: t.born, part: 2 }
		]
	},
	{ kind: 'fill', fields: [{ label: t.unit, part: 1 }] }
];

function factsOf({ title, agency, day }: Printed, kind: string, code?: string) {
	return { title: [kind, title, code].filter(Boolean).join(' - '), author: agency, day };
}

function versionOf({ versions }: Printed, versionId: string): Version {
	const version = versions.get(versionId);
	if (!version) throw new Error(`question version ${versionId} is gone`);
	return version;
}

function bodyOf(printed: Printed, { versionId, partId }: PaperVariant['items'][number]): AtomicBody {
	const body = atomicBody(versionOf(printed, versionId).body, partId);
	if (!body) throw new Error(`question version ${versionId} has no part ${partId}`);
	return body;
}

/** Questions beside each other, down the first column and on at the top of the next. */
function grid(ticked: readonly { number: number; body: AtomicBody }[]): PagedBlock {
	const boxes = Math.max(...ticked.map(({ body }) => boxesOf(body)));
	const columns = ticked.length <= 10 ? 1 : boxes <= 5 && ticked.length > 30 ? 3 : 2;
	const perColumn = Math.ceil(ticked.length / columns);
	const letters = Array.from({ length: boxes }, (_, i) => letterOf(i));
	const cells = (one: (typeof ticked)[number] | undefined) =>
		one
			? [String(one.number), ...letters.map((_, i) => (i < boxesOf(one.body) ? '' : '–'))]
			: ['', ...letters.map(() => '–')];
	const repeat = <T>(list: readonly T[]) => Array.from({ length: columns }, () => list).flat();
	return {
		kind: 'table',
		parts: repeat([1.6, ...letters.map(() => 1)]),
		head: repeat([t.number, ...letters]),
		rows: Array.from({ length: perColumn }, (_, row) =>
			Array.from({ length: columns }, (_, column) => cells(ticked[column * perColumn + row])).flat()
		),
		rowMm: 7
	};
}

function linesFor(body: AtomicBody): number {
	if (body.type === 'essay') return 12;
	return body.type === 'cloze' ? Math.max(1, Math.ceil(body.gaps.length / 2)) : 1;
}

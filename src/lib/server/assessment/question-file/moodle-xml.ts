import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { AtomicBody, Question } from '#lib/assessment/question.ts';
import { newPartId } from '#lib/assessment/part-id.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { DomainError } from '../../platform/errors.ts';
import { lastOf } from './gift.ts';
import { readMoodleCloze, readSelectGaps } from './moodle-cloze.ts';
import { aQuestion, choiceBody, startReading, type Reading } from './reading.ts';
import { attribute, childrenOf, htmlOf, nodesOf, plainOf, textOf, type XmlNode } from './xml-node.ts';

/** Keeps a file that a question shows. @returns its id, or undefined for what is no picture, sound or clip */
export type KeepFile = (file: { name: string; bytes: Uint8Array }) => Promise<string | undefined>;

const LISTS = ['question', 'answer', 'subquestion', 'file', 'selectoption', 'dragbox', 'text', 'tag'];
const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: true,
	processEntities: { enabled: true, maxTotalExpansions: 200_000, maxExpandedLength: 20_000_000 },
	isArray: (name, _path, _leaf, isAttribute) => !isAttribute && LISTS.includes(name)
});

/**
 * Reads Moodle XML (docs.moodle.org, "Moodle XML format"): multiple choice, true/false, short answer, numerical, matching,
 * ordering, essay, cloze, select missing words, drag and drop into text. A category becomes the topic, embedded pictures
 * become files of the bank.
 * @throws {DomainError} `invalid` `assessment.xml_broken` with the line, `assessment.xml_not_questions`
 */
export async function readMoodleXml(text: string, keepFile: KeepFile): Promise<Reading> {
	// Entities of a document's own are how a small file becomes a large one; Moodle writes none.
	if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new DomainError('invalid', 'assessment.xml_entities');
	const valid = XMLValidator.validate(text, { allowBooleanAttributes: true });
	if (valid !== true) throw new DomainError('invalid', 'assessment.xml_broken', { line: valid.err.line });
	const root = parser.parse(text) as { quiz?: XmlNode | string; question?: XmlNode[] };
	const nodes = root.question ?? (typeof root.quiz === 'object' ? nodesOf(root.quiz, 'question') : undefined);
	if (!nodes && root.quiz === undefined) throw new DomainError('invalid', 'assessment.xml_not_questions');
	const reading = startReading();
	const places = placesOf(text);
	let topic = '';
	for (const [i, node] of (nodes ?? []).entries()) {
		const { line, source } = places[i] ?? { line: 1, source: '' };
		const type = attribute(node, 'type');
		if (type === 'category') topic = lastOf(textOf(node.category));
		else await readNode(node, type, { line, source, topic, keepFile }, reading);
	}
	return reading.done();
}

type Place = Readonly<{ line: number; source: string; topic: string; keepFile: KeepFile }>;

async function readNode(
	node: XmlNode,
	type: string,
	place: Place,
	reading: ReturnType<typeof startReading>
): Promise<void> {
	const { line, source, topic, keepFile } = place;
	if (type === 'description') return reading.skip(line, source, 'description');
	const stem = await richOf(node.questiontext, keepFile);
	const shown = plainText(stem) || source;
	const read = readBody(type, node, stem);
	if (read === undefined)
		return reading.skip(
			line,
			shown,
			'unsupported_type',
			[type, /(?<=:)(?:MULTIRESPONSE|MR)/.exec(stem)?.[0]].filter(Boolean).join(' ')
		);
	if (read === 'no_answers') return reading.skip(line, shown, 'no_answers');
	const explanation = await richOf(node.generalfeedback, keepFile);
	const own = read.type === 'cloze' ? '' : stem;
	if (read.type !== 'cloze' && !plainText(stem) && !/<img|<audio|<video/.test(stem))
		return reading.skip(line, source, 'no_question_text');
	const question = aQuestion(own, await withFiles(read, node, keepFile), { topic, explanation, ...citedOf(node) });
	reading.add(line, shown, question, isKeyed(read) ? [] : ['no_key']);
}

/** Difficulty that we wrote as a tag when exporting (`export/moodle-xml.ts`). */
function citedOf(node: XmlNode): Partial<Question> {
	const tags = childrenOf(node.tags).flatMap((tags) => nodesOf(tags, 'tag').map((tag) => textOf(tag.text)));
	const difficulty = tags.find((tag): tag is Question['difficulty'] => ['easy', 'medium', 'hard'].includes(tag));
	return difficulty ? { difficulty } : {};
}

function readBody(type: string, node: XmlNode, stem: string): AtomicBody | 'no_answers' | undefined {
	const answers = nodesOf(node, 'answer');
	const worth = (answer: XmlNode) => Math.max(-100, Math.min(100, Number(attribute(answer, 'fraction')) || 0));
	const said = (answer: XmlNode) => plainOf(answer);
	const feedback = (answer: XmlNode) => htmlOf(childrenOf(answer.feedback)[0]);
	switch (type) {
		case 'multichoice': {
			const choices = answers.map((each) => ({ html: htmlOf(each), credit: worth(each), feedback: feedback(each) }));
			const isSingle = textOf(node.single) !== 'false';
			return choices.length === 0 ? 'no_answers' : choiceBody(choices, !isSingle);
		}
		case 'truefalse': {
			const right = answers.find((each) => worth(each) === 100);
			if (!right) return 'no_answers';
			const of = (word: string) => answers.find((each) => said(each).toLowerCase() === word) ?? {};
			const isTrue = said(right).toLowerCase() === 'true';
			return { type: 'true_false', isTrue, feedbackTrue: feedback(of('true')), feedbackFalse: feedback(of('false')) };
		}
		case 'shortanswer': {
			const accepted = answers.map((each) => ({
				...{ text: said(each).slice(0, 500), credit: Math.max(0, worth(each)), feedback: feedback(each) }
			}));
			const kept = accepted.filter(({ text }) => text !== '');
			const ignoresCase = textOf(node.usecase) !== '1';
			return kept.length === 0 ? 'no_answers' : { type: 'short', accepted: kept, ignoresCase, ignoresAccents: false };
		}
		case 'numerical': {
			const accepted = answers.flatMap((each) => {
				const [value, tolerance] = [Number(said(each).replace(',', '.')), Number(textOf(each.tolerance)) || 0];
				const isNumber = said(each) !== '' && Number.isFinite(value);
				return isNumber
					? [{ value, tolerance: Math.abs(tolerance), credit: Math.max(0, worth(each)), feedback: feedback(each) }]
					: [];
			});
			return accepted.length === 0 ? 'no_answers' : { type: 'numeric', accepted, unit: '' };
		}
		case 'matching':
			return readMatching(node);
		case 'ordering': {
			const items = answers
				.toSorted((a, b) => Number(attribute(a, 'fraction')) - Number(attribute(b, 'fraction')))
				.map((each) => ({ id: newPartId(), html: htmlOf(each) }));
			return items.length < 2 ? 'no_answers' : { type: 'ordering', items, rule: 'place' };
		}
		case 'essay': {
			const notes = childrenOf(node.graderinfo)[0];
			return { type: 'essay', rubric: [], minWords: null, maxWords: null, notes: htmlOf(notes) };
		}
		case 'cloze':
		case 'multianswer':
			return readMoodleCloze(stem);
		case 'gapselect':
			return readSelectGaps(stem, nodesOf(node, 'selectoption'));
		case 'ddwtos':
			return readSelectGaps(stem, nodesOf(node, 'dragbox'));
		default:
			return undefined;
	}
}

function readMatching(node: XmlNode): AtomicBody | 'no_answers' {
	const matches = new Map<string, { id: string; text: string }>();
	const pairs = nodesOf(node, 'subquestion').flatMap((each) => {
		const word = plainOf(childrenOf(each.answer)[0]).slice(0, 500);
		if (word === '') return [];
		const match = matches.get(word) ?? { id: newPartId(), text: word };
		matches.set(word, match);
		const html = htmlOf(each);
		return plainText(html) === '' ? [] : [{ id: newPartId(), html, matchId: match.id }];
	});
	return pairs.length < 2 ? 'no_answers' : { type: 'matching', pairs, matches: [...matches.values()], rule: 'each' };
}

function isKeyed(body: AtomicBody): boolean {
	if (body.type === 'single') return body.options.some(({ credit }) => credit === 100);
	if (body.type === 'multiple') return body.options.some(({ credit }) => credit > 0);
	if (body.type === 'short' || body.type === 'numeric') return body.accepted.some(({ credit }) => credit === 100);
	return true;
}

/** Options' own pictures: a file lies in the node that shows it. */
async function withFiles(body: AtomicBody, node: XmlNode, keepFile: KeepFile): Promise<AtomicBody> {
	if (body.type !== 'single' && body.type !== 'multiple') return body;
	const answers = nodesOf(node, 'answer');
	const options = await Promise.all(
		body.options.map(async (option, i) => ({ ...option, html: await showFiles(option.html, answers[i], keepFile) }))
	);
	return { ...body, options };
}

async function richOf(value: XmlNode['x'], keepFile: KeepFile): Promise<string> {
	const node = childrenOf(value).at(-1);
	return showFiles(htmlOf(node), node, keepFile);
}

async function showFiles(html: string, node: XmlNode | undefined, keepFile: KeepFile): Promise<string> {
	let shown = html;
	for (const file of node ? nodesOf(node, 'file') : []) {
		const name = attribute(file, 'name');
		const id = await keepFile({ name, bytes: Buffer.from(String(file['#text'] ?? ''), 'base64') });
		const spellings = [name, encodeURIComponent(name), encodeURI(name)].map((one) => `@@PLUGINFILE@@/${one}`);
		for (const spelling of spellings) if (id) shown = shown.replaceAll(spelling, `media:${id}`);
	}
	return shown;
}

/** Where each question begins, and its first words. */
function placesOf(text: string): { line: number; source: string }[] {
	const places: { line: number; source: string }[] = [];
	let line = 1;
	let counted = 0;
	for (const match of text.matchAll(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<question[\s>]/g)) {
		if (!match[0].startsWith('<question')) continue;
		line += text.slice(counted, match.index).split('\n').length - 1;
		counted = match.index;
		places.push({ line, source: plainText(text.slice(match.index, match.index + 1500)) });
	}
	return places;
}

import { matchKey, tidy } from '../text/fold.ts';
import { readCloze } from './cloze-notation.ts';
import { newPartId } from './part-id.ts';
import { MATCHING_RULES, MULTIPLE_RULES, ORDERING_RULES, UPLOAD_KINDS } from './question.ts';
import type { AtomicBody, AtomicType, BodyOf } from './question.ts';
import { readNumber } from './scoring/numeric.ts';

/** A posted form, read by field. Lists are fields named `name[]`, one entry per row of the editor. */
type Fields = Readonly<{ one(name: string): string; all(name: string): string[]; has(name: string): boolean }>;

/** Most rows of a list that are read; the schema says how many a question may have. */
const MOST_ROWS = 60;

/**
 * What a form of the question editor says that depends on the type; rows left empty are left out. Shapes only: whether
 * the question can be asked is `checkQuestion`'s to say, so that a draft is never lost.
 * @param previous the body as it was: ids that a form does not carry are taken over from it
 */
export function readBody(type: AtomicType, form: FormData, previous?: AtomicBody): AtomicBody {
	const fields = fieldsOf(form);
	const before = <T extends AtomicType>(of: T) => (previous?.type === of ? (previous as BodyOf<T>) : undefined);
	switch (type) {
		case 'single':
			return { type, options: readOptions(fields, fields.all('right')), keepsOrder: fields.has('keepsOrder') };
		case 'multiple':
			return {
				...{ type, options: readOptions(fields, fields.all('right')), keepsOrder: fields.has('keepsOrder') },
				rule: pick(MULTIPLE_RULES, fields.one('rule'))
			};
		case 'true_false':
			return {
				...{ type, isTrue: fields.one('isTrue') === 'true' },
				...{ feedbackTrue: fields.one('feedbackTrue'), feedbackFalse: fields.one('feedbackFalse') }
			};
		case 'matching':
			return readMatching(fields, before('matching'));
		case 'ordering':
			return { type, items: readItems(fields), rule: pick(ORDERING_RULES, fields.one('rule')) };
		case 'short':
			return {
				...{ type, accepted: readAcceptedTexts(fields) },
				...{ ignoresCase: fields.has('ignoresCase'), ignoresAccents: fields.has('ignoresAccents') }
			};
		case 'numeric':
			return { type, accepted: readAcceptedNumbers(fields), unit: fields.one('unit') };
		case 'cloze':
			return readClozeFields(fields, before('cloze'));
		case 'essay':
			return {
				...{ type, rubric: readRubric(fields), notes: fields.one('notes') },
				...{ minWords: whole(fields.one('minWords')), maxWords: whole(fields.one('maxWords')) }
			};
		case 'upload':
			return {
				...{ type, rubric: readRubric(fields), notes: fields.one('notes') },
				accepts: UPLOAD_KINDS.filter((kind) => fields.all('accepts').includes(kind)),
				mostFiles: Math.min(10, Math.max(1, whole(fields.one('mostFiles')) ?? 1))
			};
	}
}

export function fieldsOf(form: FormData): Fields {
	const texts = (name: string) =>
		form
			.getAll(name)
			.slice(0, MOST_ROWS)
			.map((value) => (typeof value === 'string' ? value.normalize('NFC').trim() : ''));
	return { one: (name) => texts(name)[0] ?? '', all: (name) => texts(`${name}[]`), has: (name) => form.has(name) };
}

function readOptions(fields: Fields, right: readonly string[]) {
	const [ids, htmls, feedbacks, credits] = ['optionId', 'optionHtml', 'optionFeedback', 'optionCredit'].map(fields.all);
	return (htmls ?? []).flatMap((html, i) => {
		if (html === '') return [];
		const id = idOf(ids?.[i]);
		const credit = readNumber(credits?.[i] ?? '') ?? 0;
		return [{ id, html, feedback: feedbacks?.[i] ?? '', credit: right.includes(id) ? 100 : clamp(credit, -100, 99) }];
	});
}

function readItems(fields: Fields) {
	const ids = fields.all('itemId');
	return fields.all('itemHtml').flatMap((html, i) => (html === '' ? [] : [{ id: idOf(ids[i]), html }]));
}

function readMatching(fields: Fields, before: BodyOf<'matching'> | undefined): BodyOf<'matching'> {
	const [ids, htmls, texts] = ['pairId', 'pairHtml', 'pairMatch'].map(fields.all);
	const matches: { id: string; text: string }[] = [];
	const matchOf = (text: string, formerly?: string) => {
		const known = matches.find((match) => matchKey(match.text) === matchKey(text));
		if (known) return known.id;
		const same = before?.matches.find((match) => match.text === text)?.id ?? formerly;
		const id = same && !matches.some((match) => match.id === same) ? same : newPartId();
		matches.push({ id, text });
		return id;
	};
	const pairs = (htmls ?? []).flatMap((html, i) => {
		const text = tidy(texts?.[i] ?? '');
		if (html === '' || text === '') return [];
		const id = idOf(ids?.[i]);
		return [{ id, html, matchId: matchOf(text, before?.pairs.find((pair) => pair.id === id)?.matchId) }];
	});
	for (const text of fields.all('extraMatch').map(tidy).filter(Boolean)) matchOf(text);
	return { type: 'matching', pairs, matches, rule: pick(MATCHING_RULES, fields.one('rule')) };
}

function readAcceptedTexts(fields: Fields) {
	const credits = fields.all('acceptedCredit');
	return fields.all('acceptedText').flatMap((text, i) => {
		return tidy(text) === '' ? [] : [{ text: tidy(text), credit: creditOf(credits[i]), feedback: '' }];
	});
}

function readAcceptedNumbers(fields: Fields) {
	const [tolerances, credits] = [fields.all('acceptedTolerance'), fields.all('acceptedCredit')];
	return fields.all('acceptedValue').flatMap((typed, i) => {
		const value = readNumber(typed);
		const tolerance = Math.abs(readNumber(tolerances[i] ?? '') ?? 0);
		return value === undefined ? [] : [{ value, tolerance, credit: creditOf(credits[i]), feedback: '' }];
	});
}

function readClozeFields(fields: Fields, before: BodyOf<'cloze'> | undefined): BodyOf<'cloze'> {
	const cloze = readCloze(fields.one('clozeText'), before);
	const rules = { ignoresCase: fields.has('ignoresCase'), ignoresAccents: fields.has('ignoresAccents') };
	return { ...cloze, gaps: cloze.gaps.map((gap) => (gap.kind === 'short' ? { ...gap, ...rules } : gap)) };
}

function readRubric(fields: Fields) {
	const [ids, titles, descriptions, points] = [
		'criterionId',
		'criterionTitle',
		'criterionDescription',
		'criterionPoints'
	].map(fields.all);
	return (titles ?? []).flatMap((title, i) => {
		if (tidy(title) === '') return [];
		const maxPoints = clamp(readNumber(points?.[i] ?? '') ?? 1, 0.25, 1000);
		return [{ id: idOf(ids?.[i]), title: tidy(title), description: descriptions?.[i] ?? '', maxPoints, levels: [] }];
	});
}

/** Ids travel through the form; one that is none of ours is replaced. */
function idOf(given: string | undefined): string {
	return given && /^[a-z0-9]{3,12}$/.test(given) ? given : newPartId();
}

function creditOf(typed: string | undefined): number {
	return clamp(readNumber(typed ?? '') ?? 100, 0, 100);
}

function whole(typed: string): number | null {
	const value = readNumber(typed);
	return value !== undefined && value >= 1 && value <= 10_000 ? Math.round(value) : null;
}

function pick<T extends string>(list: readonly [T, ...T[]], given: string): T {
	return list.find((each) => each === given) ?? list[0];
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}

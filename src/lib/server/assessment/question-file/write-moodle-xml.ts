import type { AtomicBody, Gap, Question } from '#lib/assessment/question.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import type { ExportedMedia } from '../export-questions.ts';

type Media = ReadonlyMap<string, ExportedMedia>;

/**
 * Questions as Moodle XML (docs.moodle.org, "Moodle XML format"). Topics become categories, the difficulty a tag, the
 * legal basis the end of the general feedback. A scenario becomes its questions, the situation before each; what Moodle has
 * no type for (bài thu hoạch) becomes an essay.
 */
export function writeMoodleXml(questions: readonly Question[], media: Media): string {
	const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<quiz>'];
	let topic: string | undefined;
	for (const question of questions) {
		if (question.topic !== topic) lines.push(category((topic = question.topic)));
		for (const one of partsOf(question))
			lines.push(writeQuestion(one.stem, one.body, one.explanation, question, media));
	}
	return [...lines, '</quiz>', ''].join('\n');
}

function partsOf({ stem, body, explanation }: Question): { stem: string; body: AtomicBody; explanation: string }[] {
	if (body.type !== 'scenario') return [{ stem, body, explanation }];
	return body.parts.map((part) => ({
		stem: `${stem}${part.stem}`,
		body: part.body.type === 'cloze' ? { ...part.body, text: `${stem}${part.body.text}` } : part.body,
		explanation: part.explanation || explanation
	}));
}

const category = (topic: string) =>
	`<question type="category"><category><text>$course$/top/${escape(topic.replaceAll('/', '-'))}</text></category></question>`;

function writeQuestion(
	stem: string,
	body: AtomicBody,
	explanation: string,
	{ difficulty, citations }: Question,
	media: Media
): string {
	const basis = citations.map(({ article, document }) => [article, document].filter(Boolean).join(' ')).join('; ');
	const general = [explanation, basis && `<p>Căn cứ: ${escape(basis)}</p>`].filter(Boolean).join('');
	const asked = body.type === 'cloze' ? clozeText(body) : stem;
	return [
		`<question type="${TYPES[body.type]}">`,
		`<name><text>${escape(plainText(asked).slice(0, 80))}</text></name>`,
		rich('questiontext', asked, media),
		rich('generalfeedback', general, media),
		'<defaultgrade>1</defaultgrade>',
		...writeBody(body, media),
		`<tags><tag><text>${difficulty}</text></tag></tags>`,
		'</question>'
	].join('\n');
}

const TYPES: Readonly<Record<AtomicBody['type'], string>> = {
	single: 'multichoice',
	multiple: 'multichoice',
	true_false: 'truefalse',
	matching: 'matching',
	ordering: 'ordering',
	short: 'shortanswer',
	numeric: 'numerical',
	cloze: 'cloze',
	essay: 'essay',
	upload: 'essay'
};

function writeBody(body: AtomicBody, media: Media): string[] {
	switch (body.type) {
		case 'single':
		case 'multiple': {
			const right = body.options.filter(({ credit }) => credit > 0).length;
			// Moodle wants the right ones to sum up to a hundred.
			const worth = (credit: number) =>
				body.type === 'multiple' && body.rule !== 'weights' && credit > 0 ? 100 / right : credit;
			return [
				`<single>${body.type === 'single'}</single>`,
				`<shuffleanswers>${body.keepsOrder ? 0 : 1}</shuffleanswers>`,
				'<answernumbering>ABCD</answernumbering>',
				...body.options.map(({ html, credit, feedback }) => answer(html, worth(credit), feedback, media))
			];
		}
		case 'true_false':
			return [
				answer('true', body.isTrue ? 100 : 0, body.feedbackTrue, media),
				answer('false', body.isTrue ? 0 : 100, body.feedbackFalse, media)
			];
		case 'short':
			return [
				`<usecase>${body.ignoresCase ? 0 : 1}</usecase>`,
				...body.accepted.map(({ text, credit, feedback }) => answer(text, credit, feedback, media, 'plain_text'))
			];
		case 'numeric':
			return body.accepted.map(
				({ value, tolerance, credit, feedback }) =>
					`<answer fraction="${credit}" format="plain_text"><text>${value}</text>${rich('feedback', feedback, media)}<tolerance>${tolerance}</tolerance></answer>`
			);
		case 'matching':
			return [
				...body.pairs.map(({ html, matchId }) =>
					subquestion(html, body.matches.find(({ id }) => id === matchId)?.text ?? '', media)
				),
				...body.matches
					.filter(({ id }) => body.pairs.every(({ matchId }) => matchId !== id))
					.map(({ text }) => subquestion('', text, media))
			];
		case 'ordering':
			return [
				'<layouttype>VERTICAL</layouttype>',
				'<selecttype>ALL</selecttype>',
				'<gradingtype>ABSOLUTE_POSITION</gradingtype>',
				...body.items.map(({ html }, i) => answer(html, i + 1, '', media))
			];
		case 'essay':
		case 'upload':
			return [
				'<responseformat>editor</responseformat>',
				`<attachments>${body.type === 'upload' ? body.mostFiles : 0}</attachments>`,
				rich('graderinfo', body.notes, media)
			];
		case 'cloze':
			return [];
	}
}

function subquestion(html: string, match: string, media: Media): string {
	return `${rich('subquestion', html, media).replace('</subquestion>', '')}<answer><text>${escape(match)}</text></answer></subquestion>`;
}

function answer(html: string, fraction: number, feedback: string, media: Media, format = 'html'): string {
	const worth = Number(fraction.toFixed(5));
	return rich('answer', html, media, format)
		.replace('<answer ', `<answer fraction="${worth}" `)
		.replace('</answer>', `${rich('feedback', feedback, media)}</answer>`);
}

function rich(tag: string, html: string, media: Media, format = 'html'): string {
	const files: string[] = [];
	const text = html.replace(/media:([0-9a-f-]{36})/g, (whole, id: string) => {
		const file = media.get(id);
		if (!file) return whole;
		const name = `${id.slice(0, 8)}-${file.name}`;
		files.push(`<file name="${escape(name)}" path="/" encoding="base64">${file.base64}</file>`);
		return `@@PLUGINFILE@@/${encodeURIComponent(name)}`;
	});
	return `<${tag} format="${format}"><text>${cdata(text)}</text>${files.join('')}</${tag}>`;
}

/** `[[id]]` as Moodle's `{1:SHORTANSWER:=a~=b}`. */
function clozeText({ text, gaps }: Extract<AtomicBody, { type: 'cloze' }>): string {
	return text.replace(/\[\[([a-z0-9]{3,12})\]\]/g, (whole, id: string) => {
		const gap = gaps.find((each) => each.id === id);
		return gap ? `{${gap.weight}:${writeGap(gap)}}` : whole;
	});
}

function writeGap(gap: Gap): string {
	const entry = (text: string, credit: number, feedback: string) =>
		`%${credit}%${inGap(text)}${feedback ? `#${inGap(plainText(feedback))}` : ''}`;
	if (gap.kind === 'choice')
		return `MULTICHOICE:${gap.options.map(({ text, credit, feedback }) => entry(text, credit, feedback)).join('~')}`;
	if (gap.kind === 'numeric')
		return `NUMERICAL:${gap.accepted.map(({ value, tolerance, credit, feedback }) => entry(`${value}:${tolerance}`, credit, feedback)).join('~')}`;
	const kind = gap.ignoresCase ? 'SHORTANSWER' : 'SHORTANSWER_C';
	return `${kind}:${gap.accepted.map(({ text, credit, feedback }) => entry(text, credit, feedback)).join('~')}`;
}

const inGap = (text: string) => text.replace(/[\\}~#]/g, '\\$&');
const cdata = (text: string) => (text ? `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : '');
const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

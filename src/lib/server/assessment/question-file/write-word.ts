import { Document, Packer, Paragraph, TextRun, type ImageRun } from 'docx';
import type { AtomicBody, Question } from '#lib/assessment/question.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { assessmentMessages } from '#lib/i18n/assessment.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { questionImportMessages } from '#lib/i18n/question-import.ts';
import { documentStyles, pageSetup } from '../../platform/office/official-form.ts';
import { centredLine, pictureRun, run } from '../../platform/office/official-type.ts';
import { piecesOf, type Pictures } from '../pictures.ts';

const t = questionImportMessages.vi.document;
const { types, difficulties } = assessmentMessages.vi;
const letter = (i: number) => String.fromCharCode(65 + i);

/** Room for pictures, mm: a question with a picture and four pictures to choose from stays on a page. */
const PICTURE_ROOM = { widthMm: 120, heightMm: 65 };
const OPTION_ROOM = { widthMm: 75, heightMm: 32 };

/** A text that runs on, with its pictures. */
type Runs = readonly (TextRun | ImageRun)[];

/** Questions with their keys and pictures as lecturers write them: our import reads the common types back. */
export function writeWord(questions: readonly Question[], pictures: Pictures): Promise<Buffer> {
	const rich: Rich = (html, room = PICTURE_ROOM) => runsOf(html, pictures, room);
	const children = [centredLine(t.title, { bold: true })];
	let topic: string | undefined;
	let number = 0;
	for (const question of questions) {
		if (question.topic !== topic) children.push(line(run(`${t.topic}: ${(topic = question.topic)}`, { bold: true })));
		const { body, stem, explanation, citations, difficulty } = question;
		if (body.type === 'scenario') {
			children.push(line(run(`${types.scenario}: `), ...rich(stem)));
			for (const part of body.parts)
				children.push(...asked(++number, part.stem, part.body, rich), ...said(t.explanation, rich(part.explanation)));
		} else children.push(...asked(++number, body.type === 'cloze' ? clozeStem(body) : stem, body, rich));
		const basis = citations.map(({ article, document }) => [article, document].filter(Boolean).join(' ')).join('; ');
		children.push(...said(t.explanation, rich(explanation)), ...said(t.basis, basis ? [run(basis)] : []));
		children.push(...said(t.difficulty, [run(difficulties[difficulty])]));
	}
	return Packer.toBuffer(new Document({ styles: documentStyles, sections: [{ ...pageSetup(), children }] }));
}

type Rich = (html: string, room?: typeof PICTURE_ROOM) => Runs;

function asked(number: number, stem: string, body: AtomicBody, rich: Rich): Paragraph[] {
	const head = new Paragraph({
		keepNext: true,
		spacing: { before: 160 },
		children: [run(`${t.question} ${number}: `, { bold: true }), ...rich(stem)]
	});
	return [head, ...answers(body, rich)];
}

function answers(body: AtomicBody, rich: Rich): Paragraph[] {
	const key = (text: string) => line(run(`${t.key}: ${text}`.trim()));
	switch (body.type) {
		case 'single':
		case 'multiple': {
			const right = body.options.flatMap(({ credit }, i) => (credit > 0 ? [letter(i)] : []));
			return [
				...body.options.map(({ html }, i) => line(run(`${letter(i)}. `), ...rich(html, OPTION_ROOM))),
				key(right.join(', '))
			];
		}
		case 'true_false':
			return [key(body.isTrue ? 'Đúng' : 'Sai')];
		case 'short':
			return [key(body.accepted.map(({ text }) => text).join('|'))];
		case 'numeric':
			return [key(`${body.accepted.map(({ value }) => formatNumber(value)).join('|')} ${body.unit}`)];
		case 'matching': {
			const matchOf = (id: string) => body.matches.find((match) => match.id === id)?.text ?? '';
			return body.pairs.map(({ html, matchId }) =>
				line(run('– '), ...rich(html, OPTION_ROOM), run(` → ${matchOf(matchId)}`))
			);
		}
		case 'ordering':
			return body.items.map(({ html }, i) => line(run(`– (${i + 1}) `), ...rich(html, OPTION_ROOM)));
		case 'cloze':
		case 'essay':
		case 'upload':
			return [];
	}
}

function clozeStem({ text, gaps }: Extract<AtomicBody, { type: 'cloze' }>): string {
	return text.replace(/\[\[([a-z0-9]{3,12})\]\]/g, (whole, id: string) => {
		const gap = gaps.find((each) => each.id === id);
		if (!gap) return whole;
		if (gap.kind === 'numeric') return `[${gap.accepted.map(({ value }) => formatNumber(value)).join('|')}]`;
		const right = gap.kind === 'choice' ? gap.options.filter(({ credit }) => credit > 0) : gap.accepted;
		return `[${right.map(({ text }) => text).join('|')}]`;
	});
}

const said = (label: string, runs: Runs): Paragraph[] => (runs.length > 0 ? [line(run(`${label}: `), ...runs)] : []);

const line = (...children: Runs) => new Paragraph({ spacing: { before: 40 }, children });

const ENDS_LINE = /<(?:br|\/?(?:p|li|h\d|div|td|tr|ul|ol|table))\b[^>]*>\s*$/i;
const BEGINS_LINE = /^\s*<(?:br|\/?(?:p|li|h\d|div|td|tr|ul|ol|table))\b/i;

/** The words of a rich text and its pictures, those that had lines of their own on such; sound and clips are named. */
function runsOf(html: string, pictures: Pictures, room: typeof PICTURE_ROOM): Runs {
	const runs: (TextRun | ImageRun)[] = [];
	let isNewLine = false;
	const add = (one: TextRun | ImageRun) => {
		if (isNewLine && runs.length > 0) runs.push(new TextRun({ break: 1 }));
		isNewLine = false;
		runs.push(one);
	};
	for (const piece of piecesOf(html)) {
		if (!('html' in piece)) {
			const picture = pictures.get(piece.mediaId);
			add(picture ? pictureRun(picture, piece.alt, room) : run(` ${t.picture}`));
			continue;
		}
		isNewLine ||= BEGINS_LINE.test(piece.html);
		const text = plainText(piece.html);
		const [before, after] = [/^\s/, /\s$/].map((space) => (space.test(piece.html) ? ' ' : ''));
		if (text) add(run(`${before}${text}${after}`));
		isNewLine ||= ENDS_LINE.test(piece.html);
	}
	return runs;
}

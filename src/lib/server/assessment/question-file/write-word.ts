import { Document, Packer, Paragraph } from 'docx';
import type { AtomicBody, Question } from '#lib/assessment/question.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { assessmentMessages } from '#lib/i18n/assessment.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { questionImportMessages } from '#lib/i18n/question-import.ts';
import { documentStyles, pageSetup } from '../../platform/office/official-form.ts';
import { centredLine, run } from '../../platform/office/official-type.ts';

const t = questionImportMessages.vi.document;
const { types, difficulties } = assessmentMessages.vi;
const letter = (i: number) => String.fromCharCode(65 + i);

/** Questions with their keys as lecturers write them: our import reads the common types back. */
export function writeWord(questions: readonly Question[]): Promise<Buffer> {
	const children = [centredLine(t.title, { bold: true })];
	let topic: string | undefined;
	let number = 0;
	for (const question of questions) {
		if (question.topic !== topic) children.push(line(`${t.topic}: ${(topic = question.topic)}`, { isBold: true }));
		const { body, stem, explanation, citations, difficulty } = question;
		if (body.type === 'scenario') {
			children.push(line(`${types.scenario}: ${words(stem)}`));
			for (const part of body.parts)
				children.push(...asked(++number, part.stem, part.body), ...said(t.explanation, words(part.explanation)));
		} else children.push(...asked(++number, body.type === 'cloze' ? clozeStem(body) : stem, body));
		const basis = citations.map(({ article, document }) => [article, document].filter(Boolean).join(' ')).join('; ');
		children.push(...said(t.explanation, words(explanation)), ...said(t.basis, basis));
		children.push(...said(t.difficulty, difficulties[difficulty]));
	}
	return Packer.toBuffer(new Document({ styles: documentStyles, sections: [{ ...pageSetup(), children }] }));
}

function asked(number: number, stem: string, body: AtomicBody): Paragraph[] {
	const head = new Paragraph({
		keepNext: true,
		spacing: { before: 160 },
		children: [run(`${t.question} ${number}: `, { bold: true }), run(words(stem))]
	});
	return [head, ...answers(body).map((text) => line(text))];
}

function answers(body: AtomicBody): string[] {
	switch (body.type) {
		case 'single':
		case 'multiple': {
			const right = body.options.flatMap(({ credit }, i) => (credit > 0 ? [letter(i)] : []));
			return [...body.options.map(({ html }, i) => `${letter(i)}. ${words(html)}`), `${t.key}: ${right.join(', ')}`];
		}
		case 'true_false':
			return [`${t.key}: ${body.isTrue ? 'Đúng' : 'Sai'}`];
		case 'short':
			return [`${t.key}: ${body.accepted.map(({ text }) => text).join('|')}`];
		case 'numeric':
			return [`${t.key}: ${body.accepted.map(({ value }) => formatNumber(value)).join('|')} ${body.unit}`.trim()];
		case 'matching': {
			const matchOf = (id: string) => body.matches.find((match) => match.id === id)?.text ?? '';
			return body.pairs.map(({ html, matchId }) => `– ${words(html)} → ${matchOf(matchId)}`);
		}
		case 'ordering':
			return body.items.map(({ html }, i) => `– (${i + 1}) ${words(html)}`);
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

const said = (label: string, text: string): Paragraph[] => (text ? [line(`${label}: ${text}`)] : []);

const line = (text: string, { isBold = false } = {}) =>
	new Paragraph({ spacing: { before: 40 }, children: [run(text, { bold: isBold })] });

/** The words of a rich text; what cannot be written here is named. */
function words(html: string): string {
	const shown = /<(?:img|audio|video)\b/.test(html) ? ` ${t.picture}` : '';
	return `${plainText(html)}${shown}`;
}

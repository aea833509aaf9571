import fs from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { AlignmentType, Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import fc from 'fast-check';
import { zipSync, strToU8 } from 'fflate';
import sharp from 'sharp';
import { expect } from 'vitest';
import { blankQuestion } from '#lib/assessment/blank-question.ts';
import { checkQuestion } from '#lib/assessment/check-question.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import type { Question } from '#lib/assessment/question.ts';
import { KEYED_QUESTIONS } from '#lib/server/assessment/demo/questions.ts';
import { exportQuestions } from '#lib/server/assessment/export-questions.ts';
import { bringQuestions, getQuestionImport, takeQuestions } from '#lib/server/assessment/import-questions.ts';
import { listQuestions } from '#lib/server/assessment/list-questions.ts';
import { addMedia } from '#lib/server/assessment/media.ts';
import { readQuestionFile } from '#lib/server/assessment/question-file/read-file.ts';
import { addQuestions } from '#lib/server/assessment/write-question.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { xlsxFile } from '#lib/server/platform/office/sheet-files.ts';
import { templateSheet } from '#lib/server/assessment/question-file/workbook.ts';
import { test } from '../support/test.ts';
import { anActor, aProvince } from '../support/training-world.ts';

const nothing = () => Promise.resolve(undefined);
const asFile = (bytes: Uint8Array | string, name = 'câu hỏi.docx') =>
	new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

async function bring(ctx: Context, unitId: string, file: File, topic = 'Chung') {
	const { importId } = await bringQuestions(ctx, { importId: randomUUID(), unitId, isShared: false, topic, file });
	return getQuestionImport(ctx, importId);
}

const everything = {
	page: 1,
	q: undefined,
	topic: undefined,
	document: undefined,
	difficulty: undefined,
	type: undefined,
	status: undefined
};

/** How a right option looks in Word. */
const HOW = [{ bold: true }, { underline: {} }, { color: 'FF0000' }, { highlight: 'yellow' as const }] as const;

/** The sample questions as a lecturer would type them: automatic numbers, automatic letters, keys in every way there is. */
async function asLecturersWrite(): Promise<Buffer> {
	const children: (Paragraph | Table)[] = [
		new Paragraph({ text: 'BỘ CÂU HỎI KIỂM TRA', alignment: AlignmentType.CENTER })
	];
	const later: [number, string][] = [];
	let topic = '';
	KEYED_QUESTIONS.forEach(({ topic: own, stem, body, explanation, cites }, i) => {
		const plain = (html: string, style = {}) =>
			new Paragraph({ children: [new TextRun({ text: plainText(html), ...style })] });
		if (own !== topic) children.push(plain(`Chủ đề: ${(topic = own)}`, { bold: true }));
		const isAutomatic = i % 2 === 0;
		children.push(
			isAutomatic
				? new Paragraph({ numbering: { reference: 'questions', level: 0 }, children: [new TextRun(plainText(stem))] })
				: plain(`Câu ${i + 1}. ${plainText(stem)}`)
		);
		if (!isAutomatic) children.push(new Paragraph({ numbering: { reference: 'questions', level: 0 }, children: [] }));
		if (body.type === 'true_false') children.push(plain(`Đáp án: ${body.isTrue ? 'Đúng' : 'Sai'}`));
		if (body.type === 'single') {
			const right = body.options.findIndex(({ credit }) => credit === 100);
			const way = i % 7;
			body.options.forEach((option, j) => {
				const style = j === right && way < HOW.length ? HOW[way] : {};
				const star = j === right && way === 4 ? '*' : '';
				children.push(plain(`${star}${String.fromCharCode(65 + j)}. ${plainText(option.html)}`, style));
			});
			const key = String.fromCharCode(65 + right);
			if (way === 5) children.push(plain(`Đáp án: ${key}`));
			if (way === 6) later.push([i + 1, key]);
		}
		children.push(plain(`Giải thích: ${plainText(explanation)}`));
		if (cites) children.push(plain(`Căn cứ: ${cites[1]} văn bản số ${cites[0]}`));
	});
	const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
	children.push(new Paragraph('ĐÁP ÁN'));
	children.push(
		new Table({
			rows: [
				new TableRow({ children: [cell('Câu'), ...later.map(([number]) => cell(String(number)))] }),
				new TableRow({ children: [cell('Đáp án'), ...later.map(([, key]) => cell(key))] })
			]
		})
	);
	const levels = [{ level: 0, format: LevelFormat.DECIMAL, text: 'Câu %1.', alignment: AlignmentType.LEFT }];
	return Packer.toBuffer(
		new Document({ numbering: { config: [{ reference: 'questions', levels }] }, sections: [{ children }] })
	);
}

test('the sample questions come back from Word as a lecturer writes it, and enter the bank once', async ({ ctx }) => {
	const { province } = await aProvince(ctx);
	const trainer = { ...ctx, actor: anActor('trainer', province) };
	const preview = await bring(trainer, province.id, asFile(await asLecturersWrite()));
	expect(preview.questions).toHaveLength(28);
	expect(preview.questions.flatMap(({ line, doubts }) => doubts.map((doubt) => [line, doubt]))).toEqual([]);
	for (const [i, { question, source }] of preview.questions.entries()) {
		const written = KEYED_QUESTIONS[i]!;
		expect(plainText(question.stem), `question ${i + 1}`).toBe(plainText(written.stem));
		expect(source).toContain(plainText(written.stem).slice(0, 30));
		expect(question.topic).toBe(written.topic);
		expect(question.body.type).toBe(written.body.type);
		if (question.body.type === 'single' && written.body.type === 'single') {
			const shape = ({ options }: typeof question.body) => options.map(({ html, credit }) => [plainText(html), credit]);
			expect(shape(question.body), `question ${i + 1}`).toEqual(shape(written.body));
		}
		expect(checkQuestion(question)).toEqual([]);
		if (written.cites) expect(question.citations).toMatchObject([{ document: written.cites[0] }]);
	}
	const take = preview.questions.map(({ index }) => index);
	expect(await takeQuestions(trainer, preview.id, { take, keys: new Map() })).toBe(28);
	await expect(takeQuestions(trainer, preview.id, { take, keys: new Map() })).rejects.toMatchObject({
		code: 'assessment.import_taken'
	});
	const list = await listQuestions(trainer, everything);
	expect([list.count, new Set(list.rows.map(({ status }) => status))]).toEqual([28, new Set(['draft'])]);
	const again = await bring(trainer, province.id, asFile(await asLecturersWrite()));
	expect(again.questions.filter(({ known }) => known === null)).toEqual([]);
	const neighbour = { ...ctx, actor: anActor('unit_admin', province) };
	await expect(getQuestionImport(neighbour, preview.id)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('a key mended in the preview is the one that enters; what is not ticked stays out', async ({ ctx }) => {
	const { province } = await aProvince(ctx);
	const text = 'Câu 1: Gì?\nA. x\nB. y\nCâu 2: Nào?\nA. x\nB. y\nĐáp án: A\nCâu 3: Đúng không?\nĐáp án: Đúng';
	const preview = await bring(ctx, province.id, asFile(text, 'a.txt'));
	expect(preview.questions.map(({ doubts }) => doubts)).toEqual([['no_key'], [], []]);
	const [first] = preview.questions;
	const options = first!.question.body.type === 'single' ? first!.question.body.options : [];
	const keys = new Map([
		[0, [options[1]!.id]],
		[2, ['false']]
	]);
	await takeQuestions(ctx, preview.id, { take: [0, 2], keys });
	const file = JSON.parse((await exportQuestions(ctx, everything, 'json')).toString()) as { questions: Question[] };
	expect(file.questions.map(({ stem, body }) => [stem, body])).toMatchObject([
		['<p>Gì?</p>', { options: [{ credit: 0 }, { credit: 100 }] }],
		['<p>Đúng không?</p>', { isTrue: false }]
	]);
});

/** One question of each type, with what each can hold. */
function oneOfEach(mediaId: string): Question[] {
	const make = (body: Question['body'], more: Partial<Question> = {}): Question => ({
		...blankQuestion(body.type),
		...{
			stem: '<p>Hỏi &amp; <strong>đáp</strong>?</p>',
			topic: 'Đất đai',
			difficulty: 'hard',
			explanation: '<p>Vì thế.</p>'
		},
		citations: [{ document: '14/2012/QH13', article: 'Điều 35', validFrom: '2013-01-01', validTo: null }],
		...more,
		body
	});
	const options = [
		{ id: 'aaa1', html: `<p><img src="media:${mediaId}" alt="ảnh" /></p>`, credit: 100, feedback: '<p>Đúng</p>' },
		{ id: 'bbb1', html: '<p>Hai ~ {x} # = \\</p>', credit: -25, feedback: '' },
		{ id: 'ccc1', html: '<p>Ba</p>', credit: 50, feedback: '' }
	];
	const even = options.map((option, i) => ({ ...option, credit: i === 1 ? 0 : 100 }));
	const accepted = [{ text: 'Hà Nội', credit: 100, feedback: '' }];
	const numbers = [{ value: 75.5, tolerance: 0.5, credit: 100, feedback: '' }];
	const gaps = [
		{ kind: 'short' as const, id: 'ggg1', weight: 2, accepted, ignoresCase: true, ignoresAccents: false },
		{ kind: 'numeric' as const, id: 'ggg2', weight: 1, accepted: numbers },
		{
			...{ kind: 'choice' as const, id: 'ggg3', weight: 1 },
			options: [
				{ id: 'xxx1', text: 'một~hai', credit: 100, feedback: '' },
				{ id: 'xxx2', text: 'ba', credit: 0, feedback: '' }
			]
		}
	];
	const matching: Question['body'] = {
		...{ type: 'matching', rule: 'each' },
		pairs: [
			{ id: 'ppp1', html: '<p>Luật</p>', matchId: 'mmm1' },
			{ id: 'ppp2', html: '<p>Nghị định</p>', matchId: 'mmm2' }
		],
		matches: [
			{ id: 'mmm1', text: 'Quốc hội' },
			{ id: 'mmm2', text: 'Chính phủ' },
			{ id: 'mmm3', text: 'Bộ' }
		]
	};
	const rubric = [
		{ id: 'rrr1', title: 'Nội dung', description: 'đủ', maxPoints: 10, levels: [{ title: 'Tốt', points: 10 }] }
	];
	return [
		make({ type: 'single', options, keepsOrder: true }, { stem: `<p>Xem <img src="media:${mediaId}" alt="" /></p>` }),
		make({ type: 'multiple', options: even, keepsOrder: false, rule: 'all_or_nothing' }),
		make({ type: 'multiple', options, keepsOrder: false, rule: 'weights' }),
		make({ type: 'true_false', isTrue: false, feedbackTrue: '<p>Sai</p>', feedbackFalse: '' }),
		make(matching),
		make({
			...{ type: 'ordering', rule: 'place' },
			items: [
				{ id: 'iii1', html: '<p>Soạn</p>' },
				{ id: 'iii2', html: '<p>Duyệt</p>' }
			]
		}),
		make({ type: 'short', accepted, ignoresCase: true, ignoresAccents: false }),
		make({ type: 'numeric', accepted: numbers, unit: '%' }),
		make({ type: 'cloze', text: '<p>[[ggg1]] và [[ggg2]] hoặc [[ggg3]].</p>', gaps }, { stem: '' }),
		make({ type: 'essay', rubric, minWords: 50, maxWords: 200, notes: '<p>Ý chính</p>' }),
		make({ type: 'upload', rubric, accepts: ['image'], mostFiles: 2, notes: '' }),
		make({
			type: 'scenario',
			parts: [
				{
					...{ id: 'sss1', stem: '<p>Phần một?</p>', explanation: '', weight: 2 },
					body: { type: 'true_false', isTrue: true, feedbackTrue: '', feedbackFalse: '' }
				}
			]
		})
	];
}

async function picture(ctx: Context, unitId: string): Promise<string> {
	const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
		.png()
		.toBuffer();
	return (await addMedia(ctx, unitId, { name: 'hình.png', bytes })).id;
}

const withoutMedia = (questions: readonly Question[]) =>
	JSON.parse(JSON.stringify(questions).replace(/media:[0-9a-f-]{36}/g, 'media:*')) as Question[];

test('every type of ours goes out as JSON and comes back as it was, pictures with it', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const given = oneOfEach(await picture(ctx, province.id));
	await addQuestions(ctx, { unitId: province.id }, given);
	const read = async () =>
		JSON.parse((await exportQuestions(ctx, everything, 'json')).toString()) as { questions: Question[] };
	const out = await exportQuestions(ctx, everything, 'json');
	const first = await read();
	const preview = await bring(ctx, commune.id, asFile(out, 'a.json'));
	expect(preview.unread).toEqual([]);
	expect(preview.questions.every(({ known }) => known !== null)).toBe(true);
	const stored = await bringQuestions(ctx, {
		...{ importId: randomUUID(), unitId: commune.id, isShared: false, topic: 'x' },
		file: asFile(out, 'a.json')
	});
	await takeQuestions(ctx, stored.importId, { take: given.map((_, i) => i), keys: new Map() });
	const both = withoutMedia((await read()).questions);
	const of = (question: Question) => both.filter((other) => JSON.stringify(other) === JSON.stringify(question)).length;
	for (const question of withoutMedia(first.questions)) expect(of(question), question.body.type).toBe(2);
	expect(JSON.stringify((await read()).questions)).not.toContain('media:*');
});

test('Moodle XML and Word of ours are read again', async ({ ctx }) => {
	const { province } = await aProvince(ctx);
	const given = oneOfEach(await picture(ctx, province.id));
	await addQuestions(ctx, { unitId: province.id }, given);
	const kept: string[] = [];
	const keepFile = ({ name }: { name: string }) => Promise.resolve(kept.push(name) > 0 ? randomUUID() : undefined);
	const xml = await readQuestionFile(await exportQuestions(ctx, everything, 'xml'), keepFile);
	expect(xml.unread).toEqual([]);
	expect(kept).toHaveLength(4);
	const types = xml.found.map(({ question }) => question.body.type);
	expect(types.toSorted()).toEqual(
		[
			...['single', 'multiple', 'multiple', 'true_false', 'true_false', 'matching', 'ordering', 'short', 'numeric'],
			...['cloze', 'essay', 'essay']
		].toSorted()
	);
	const body = (type: string) => xml.found.find(({ question }) => question.body.type === type)!.question.body;
	expect(body('single')).toMatchObject({ options: [{ credit: 100 }, { credit: -25 }, { credit: 50 }] });
	expect(body('cloze')).toMatchObject({
		gaps: [
			{ kind: 'short', weight: 2, accepted: [{ text: 'Hà Nội' }] },
			{ kind: 'numeric', accepted: [{ value: 75.5, tolerance: 0.5 }] },
			{
				kind: 'choice',
				options: [
					{ text: 'một~hai', credit: 100 },
					{ text: 'ba', credit: 0 }
				]
			}
		]
	});
	expect(body('matching')).toMatchObject({ pairs: [{}, {}], matches: [{ text: 'Quốc hội' }, {}, {}] });
	expect(xml.found.every(({ question }) => question.topic === 'Đất đai' && question.difficulty === 'hard')).toBe(true);
	const word = await readQuestionFile(await exportQuestions(ctx, everything, 'docx'), nothing);
	const closed = word.found.filter(({ question }) => ['single', 'multiple', 'true_false'].includes(question.body.type));
	expect(closed.length).toBeGreaterThanOrEqual(5);
	expect(closed.every(({ question }) => question.difficulty === 'hard' && question.topic === 'Đất đai')).toBe(true);
});

test('the template as it is filled in', async () => {
	const sheet = templateSheet([]);
	const rows = [
		...sheet.rows,
		['Đúng hay sai?', '', '', '', '', '', '', 'S', '', '', '', '', ''],
		['Nhiều?', 'a', 'b', 'c', '', '', '', 'A, C', '', '', 'Khó', '', ''],
		['', 'a', 'b', '', '', '', '', 'A', '', '', '', '', '']
	];
	const { found, unread } = await readQuestionFile(await xlsxFile({ ...sheet, rows }), nothing);
	expect(found.map(({ line, question: { body } }) => [line, body.type])).toEqual([
		[2, 'single'],
		[3, 'true_false'],
		[4, 'multiple']
	]);
	expect(found[0]!.question).toMatchObject({
		difficulty: 'easy',
		citations: [{ document: '14/2012/QH13', article: 'Điều 35' }]
	});
	expect(unread).toMatchObject([{ line: 5, code: 'no_question_text' }]);
});

test('what is no file of questions is refused with its reason, and nothing is kept', async ({ ctx }) => {
	const { province } = await aProvince(ctx);
	const zip = (files: Record<string, string>) =>
		Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
	const refused = async (bytes: Uint8Array | string, code: string) =>
		expect(bring(ctx, province.id, asFile(bytes)), code).rejects.toMatchObject({ code });
	await refused('', 'organisation.file_empty');
	await refused('<quiz><question type="essay"></quiz>', 'assessment.xml_broken');
	await refused('<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', 'assessment.xml_entities');
	await refused('<html><body></body></html>', 'assessment.xml_not_questions');
	await refused('{ "a": 1 }', 'assessment.json_not_ours');
	await refused('{ "a": ', 'assessment.json_broken');
	await refused(zip({ 'imsmanifest.xml': '<manifest/>' }), 'assessment.file_is_cartridge');
	await refused(zip({ 'readme.txt': 'x' }), 'assessment.file_type');
	await refused(zip({ 'word/document.xml': '<w:p/>', 'word/vbaProject.bin': 'x' }), 'organisation.file_has_macros');
	await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'training.list_old_office');
	await refused(Buffer.from([1, 2, 3, 4, 5]), 'assessment.file_type');
	const bomb = zip({ 'word/document.xml': '<w:p>'.repeat(12_000_000) });
	await refused(bomb, 'organisation.file_unpacks_too_large');
	const [{ count } = { count: -1 }] = await ctx.db.execute<{ count: number }>(
		'select count(*)::int as count from question_import'
	);
	expect(count).toBe(0);
});

test('whatever is sent, a reader answers with questions or a sentence', async () => {
	const pieces = fc.constantFrom(
		'Câu 1: ',
		'A. ',
		'*B. ',
		'{',
		'}',
		'=',
		'~',
		'#',
		'->',
		'::',
		'\n',
		'\n\n',
		'ANSWER: A',
		'Đáp án: ',
		'1B 2C',
		'<question>',
		'%50%',
		'\\',
		'chữ ',
		'$CATEGORY: '
	);
	await fc.assert(
		fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async (parts) => {
			const bytes = Buffer.from(parts.join('') || ' ');
			const read = await readQuestionFile(bytes, nothing).catch((error: unknown) => {
				expect((error as { code?: string }).code).toMatch(/^\w+\.\w+$/);
				return undefined;
			});
			for (const { question, line } of read?.found ?? []) {
				expect(line).toBeGreaterThan(0);
				expect(plainText(question.stem) !== '' || question.body.type === 'cloze').toBe(true);
			}
		}),
		{ numRuns: 300 }
	);
});

const SAMPLES = process.env.QUESTION_FILES_DIR;
if (!SAMPLES) console.warn('QUESTION_FILES_DIR is not set: files by others are not tried');

test.runIf(SAMPLES)('files by others are read, or say on which line what is not read and why', async () => {
	const read: Record<string, unknown> = {};
	for (const file of fs.readdirSync(SAMPLES!, { recursive: true, encoding: 'utf8' }).toSorted()) {
		if (!/\.(txt|xml|imscc)$/.test(file)) continue;
		const bytes = fs.readFileSync(path.join(SAMPLES!, file));
		read[path.basename(file)] = await readQuestionFile(bytes, nothing).then(
			({ found, unread }) => [
				found.map(({ question }) => question.body.type).join(' '),
				...unread.map(({ line, code, what }) => `${line} ${code} ${what}`)
			],
			(error: unknown) => (error as { code: string }).code
		);
	}
	const known = {
		'questions_in_category.gift.txt': ['matching single short true_false'],
		'testimport.gift.txt': ['ordering'],
		'question.missingword2.txt': ['single'],
		'multianswer-all-types.xml': ['', '4 unsupported_type cloze MULTIRESPONSE'],
		'multianswer.xml': ['cloze'],
		'nested_categories_with_questions.xml': ['true_false essay true_false true_false true_false'],
		'testquestion.moodle.xml': ['ordering'],
		'mod__imscp__tests__packages__py4e_export.imscc': 'assessment.file_is_cartridge'
	};
	for (const [file, expected] of Object.entries(known))
		if (file in read) expect([file, read[file]]).toEqual([file, expected]);
	for (const [file, answer] of Object.entries(read)) expect(answer, file).not.toEqual(['']);
});

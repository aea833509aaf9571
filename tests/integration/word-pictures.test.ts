import { createHash, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Document, ImageRun, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import sharp from 'sharp';
import { expect } from 'vitest';
import { blankQuestion } from '#lib/assessment/blank-question.ts';
import type { Question } from '#lib/assessment/question.ts';
import { exportQuestions } from '#lib/server/assessment/export-questions.ts';
import { bringQuestions, getQuestionImport, takeQuestions } from '#lib/server/assessment/import-questions.ts';
import { listQuestions } from '#lib/server/assessment/list-questions.ts';
import { addMedia } from '#lib/server/assessment/media.ts';
import { readQuestionFile } from '#lib/server/assessment/question-file/read-file.ts';
import { questionMedia } from '#lib/server/assessment/tables.ts';
import { addQuestions } from '#lib/server/assessment/write-question.ts';
import { test } from '../support/test.ts';
import { aProvince } from '../support/training-world.ts';

const COLOURS = ['red', 'green', 'blue', 'orange', 'purple', 'teal'] as const;
type Colour = (typeof COLOURS)[number];

/** Flat colours tell pictures apart; a stripe on the right says what was cut off. */
async function png(colour: Colour, width = 60, height = 40): Promise<Buffer> {
	return sharp({ create: { width, height, channels: 3, background: colour } })
		.png()
		.toBuffer();
}

async function shown(colour: Colour, description = '') {
	const data = await png(colour);
	return new ImageRun({
		...{ type: 'png', data, transformation: { width: 60, height: 40 } },
		altText: { name: 'Picture 1', description, title: '' }
	});
}

const noFilter = {
	...{ q: undefined, topic: undefined, document: undefined },
	...{ difficulty: undefined, type: undefined, status: undefined }
};

const line = (...pieces: (string | ImageRun)[]) =>
	new Paragraph({ children: pieces.map((piece) => (typeof piece === 'string' ? new TextRun(piece) : piece)) });
const written = (...children: (Paragraph | Table)[]) => Packer.toBuffer(new Document({ sections: [{ children }] }));

/** What a reader keeps, by what it shows. */
function keeper() {
	const kept: { name: string; colour: string; width: number }[] = [];
	const ids = new Map<string, string>();
	return {
		kept,
		/** `[red]` in place of a picture. */
		named: (html: string) =>
			html.replace(/<img src="media:([^"]*)" alt="([^"]*)" \/>/g, (_, id: string, alt: string) =>
				[`[${ids.get(id)}`, alt && `: ${alt}`, ']'].join('')
			),
		keepFile: async ({ name, bytes }: { name: string; bytes: Uint8Array }) => {
			const { info, data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
			const [red, green, blue] = data;
			const colour = await nameOf([red!, green!, blue!]);
			kept.push({ name, colour, width: info.width });
			const id = randomUUID();
			ids.set(id, colour);
			return id;
		}
	};
}

async function nameOf(pixel: readonly number[]): Promise<string> {
	for (const colour of COLOURS) {
		const own = await sharp(await png(colour, 1, 1))
			.raw()
			.toBuffer();
		if ([...own.subarray(0, 3)].join() === pixel.join()) return colour;
	}
	return pixel.join();
}

async function read(bytes: Uint8Array) {
	const { kept, keepFile, named } = keeper();
	const { found, unread } = await readQuestionFile(bytes, keepFile);
	const questions = found.map(({ question: { stem, body, explanation }, doubts, source }) => ({
		...{ stem: named(stem), explanation: named(explanation), doubts, source },
		options: 'options' in body ? body.options.map(({ html, credit }) => [named(html), credit]) : []
	}));
	return { questions, unread, kept };
}

/** The file with some of its parts written anew. */
function changed(bytes: Uint8Array, change: Record<string, (text: string) => string>): Uint8Array {
	const parts = unzipSync(bytes);
	for (const [name, rewrite] of Object.entries(change)) parts[name] = strToU8(rewrite(strFromU8(parts[name]!)));
	return zipSync(parts);
}

const RELATIONS = 'word/_rels/document.xml.rels';
const DOCUMENT = 'word/document.xml';

test('pictures belong to the stem, the option or the explanation they stand in or below', async () => {
	const bytes = await written(
		line(await shown('purple', 'logo.png')),
		line('Câu 1: Biển nào cấm đi ngược chiều?'),
		line(await shown('red', 'Ngã tư <có> đèn & biển')),
		line('A. ', await shown('green')),
		line('B.'),
		line(await shown('blue')),
		line('C. Như hình ', await shown('orange'), ' bên'),
		line('D. Không biển nào'),
		line('Đáp án: B'),
		line('Giải thích: xem mẫu'),
		line(await shown('teal', 'IMG_0001.jpg')),
		line('Căn cứ: Điều 35 Luật số 14/2012/QH13'),
		line('Câu 2: ', await shown('red')),
		line('A. Một\tB. Hai'),
		line('Đáp án: A')
	);
	const { questions, unread, kept } = await read(bytes);
	expect(questions).toMatchObject([
		{
			stem: '<p>Biển nào cấm đi ngược chiều?</p><p>[red: Ngã tư &lt;có&gt; đèn &amp; biển]</p>',
			options: [
				['<p>[green]</p>', 0],
				['<p>[blue]</p>', 100],
				['<p>Như hình [orange] bên</p>', 0],
				['Không biển nào', 0]
			],
			explanation: '<p>xem mẫu</p><p>[teal]</p>',
			doubts: []
		},
		{
			stem: '<p>[red]</p>',
			options: [
				['Một', 100],
				['Hai', 0]
			],
			doubts: []
		}
	]);
	expect(questions[0]!.source).toContain('C. Như hình [hình] bên');
	expect(unread).toEqual([{ line: 1, source: '[hình]', code: 'loose_picture' }]);
	// One picture shown twice is one file; the letterhead's is no question's and is not kept.
	expect(kept.map(({ colour }) => colour).toSorted()).toEqual(['blue', 'green', 'orange', 'red', 'teal']);
});

test('pictures in tables stand with their labels, beside them or above', async () => {
	const cell = (child: Paragraph) => new TableCell({ children: [child] });
	const row = (...cells: Paragraph[]) => new TableRow({ children: cells.map(cell) });
	const bytes = await written(
		line('Câu 1: Biển nào?'),
		new Table({ rows: [row(line('A.'), line(await shown('red')), line('B.'), line(await shown('green')))] }),
		line('Đáp án: A'),
		line('Câu 2: Biển nào?'),
		new Table({
			rows: [row(line(await shown('blue')), line(await shown('teal'))), row(line('A.'), line('B. Có chữ'))]
		}),
		line('Đáp án: B')
	);
	const { questions } = await read(bytes);
	expect(questions).toMatchObject([
		{
			stem: 'Biển nào?',
			options: [
				['<p>[red]</p>', 100],
				['<p>[green]</p>', 0]
			],
			doubts: []
		},
		{
			stem: 'Biển nào?',
			options: [
				['<p>[blue]</p>', 0],
				['<p>Có chữ</p><p>[teal]</p>', 100]
			],
			doubts: []
		}
	]);
});

test('where a picture belongs may be unclear: a person looks', async () => {
	const bytes = await written(
		line('Câu 1: Hành vi nào bị cấm?'),
		line('A. Một'),
		line('B. Hai'),
		line('Đáp án: A'),
		line(await shown('red')),
		line('Câu 2: Hành vi nào được làm?'),
		line('A. Một'),
		line('*B. Hai'),
		line(await shown('green')),
		line('Câu 3: Đúng không?'),
		line('Đáp án: Đúng ', await shown('blue'))
	);
	const { questions } = await read(bytes);
	expect(questions).toMatchObject([
		{ explanation: '<p>[red]</p>', doubts: ['picture_place'] },
		{
			options: [
				['Một', 0],
				['<p>Hai</p><p>[green]</p>', 100]
			],
			doubts: ['picture_place']
		},
		{ explanation: '<p>[blue]</p>', doubts: [] }
	]);
});

test('what was cut off in Word, deleted or written in an older form beside is not shown', async () => {
	const half = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
		.composite([{ input: await png('green', 30, 40), left: 30, top: 0 }])
		.png()
		.toBuffer();
	const run = new ImageRun({ type: 'png', data: half, transformation: { width: 60, height: 40 } });
	const bytes = await written(
		line('Câu 1: Biển nào?'),
		line(run),
		line('Câu 2: Chữ trong khung?'),
		line(await shown('blue')),
		line('Câu 3: Đã xóa?'),
		line(await shown('orange'))
	);
	const file = changed(bytes, {
		[DOCUMENT]: (xml) => {
			const [first, second, third] = xml.match(/<w:drawing>.*?<\/w:drawing>/gs)!;
			const cropped = first!.replace(/<a:srcRect\/>/, '<a:srcRect l="50000"/>');
			expect(cropped).not.toBe(first);
			const box = (inner: string) =>
				`<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Hình 1</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>${inner}`;
			const choice = `<mc:AlternateContent><mc:Choice Requires="wpg">${second!.replace('<pic:pic', `${box('')}<pic:pic`)}</mc:Choice><mc:Fallback><w:pict>${box('')}<v:shape><v:imagedata r:id="rId0"/></v:shape></w:pict></mc:Fallback></mc:AlternateContent>`;
			return xml
				.replace(first!, cropped)
				.replace(second!, choice)
				.replace(/<w:r>(?=<w:drawing>(?:(?!<w:drawing>).)*$)/s, '<w:del><w:r>')
				.replace(`${third}</w:r>`, `${third}</w:r></w:del>`);
		}
	});
	const { questions, unread, kept } = await read(file);
	expect(questions.map(({ stem }) => stem)).toEqual([
		'<p>Biển nào?</p><p>[green]</p>',
		'<p>Chữ trong khung?<br>Hình 1</p><p>[blue]</p>',
		'Đã xóa?'
	]);
	expect(kept.map(({ width }) => width).toSorted()).toEqual([30, 60]);
	expect(unread).toEqual([]);
});

test('what cannot be shown is named with its line, and nothing outside the file is fetched', async () => {
	const colours = ['red', 'green', 'blue', 'orange', 'purple', 'teal'] as const;
	const pictures = await Promise.all(colours.map((colour) => shown(colour)));
	const bytes = await written(
		...pictures.flatMap((picture, i) => [
			line(`Câu ${i + 1}: Câu hỏi số ${i + 1}?`),
			line(picture),
			line('Đáp án: Đúng')
		])
	);
	const names = await Promise.all(colours.map(async (colour) => nameIn(bytes, await png(colour))));
	const target = (name: string, to: string) => (xml: string) => xml.replace(`Target="media/${name}"`, to);
	const parts = unzipSync(
		changed(bytes, {
			[RELATIONS]: (xml) =>
				[
					target(names[0]!, 'Target="http://127.0.0.1:9/track.png" TargetMode="External"'),
					target(names[1]!, 'Target="../../../etc/passwd"'),
					target(names[2]!, 'Target="media/shape.emf"')
				]
					.reduce((text, change) => change(text), xml)
					.replace(new RegExp(`<Relationship [^>]*${names[3]}[^>]*>`), ''),
			[DOCUMENT]: (xml) => {
				const drawings = xml.match(/<w:drawing>.*?<\/w:drawing>/gs)!;
				return xml.replace(
					drawings[5]!,
					'<w:drawing><wp:inline><a:graphic><c:chart r:id="rId99"/></a:graphic></wp:inline></w:drawing>'
				);
			}
		})
	);
	parts['word/media/shape.emf'] = Buffer.from('01000000', 'hex');
	parts[`word/media/${names[4]}`] = parts[`word/media/${names[4]}`]!.slice(0, 40);
	const { keepFile } = keeper();
	const { found, unread } = await readQuestionFile(zipSync(parts), (file) => keepFile(file).catch(() => undefined));
	expect(unread).toEqual([
		{ line: 2, source: '', code: 'picture_outside', what: 'http://127.0.0.1:9/track.png' },
		{ line: 5, source: '', code: 'picture_missing' },
		{ line: 8, source: '', code: 'no_picture', what: 'EMF' },
		{ line: 11, source: '', code: 'picture_missing' },
		{ line: 14, source: '', code: 'picture_missing' },
		{ line: 17, source: '', code: 'picture_drawn' }
	]);
	expect(found.map(({ doubts, question }) => [question.stem, doubts])).toEqual(
		colours.map((_, i) => [`<p>Câu hỏi số ${i + 1}?</p>`, ['picture_lost']])
	);
});

/** The name the writer gave a picture within the file. */
function nameIn(bytes: Uint8Array, picture: Uint8Array): string {
	const hash = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
	const [name = ''] =
		Object.entries(unzipSync(bytes)).find(([part, data]) => part.includes('/media/') && hash(data) === hash(picture)) ??
		[];
	return name.replace('word/media/', '');
}

test('pictures that unpack to more than they say, or to very much, are left out; the questions are read', async () => {
	const bytes = await written(
		line('Câu 1: Một?'),
		line(await shown('red')),
		line('Đáp án: Đúng'),
		line('Câu 2: Hai?'),
		line(await shown('green')),
		line('Đáp án: Đúng')
	);
	const name = `word/media/${nameIn(bytes, await png('red'))}`;
	const parts = unzipSync(bytes);
	parts[name] = new Uint8Array(80 * 1024 ** 2);
	const large = zipSync(parts, { level: 9 });
	const before = process.memoryUsage.rss();
	expect(await read(large)).toMatchObject({
		unread: [{ line: 2, code: 'picture_too_much' }],
		questions: [{ doubts: ['picture_lost'] }, { stem: '<p>Hai?</p><p>[green]</p>', doubts: [] }]
	});
	expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
	// The directory says ten bytes (APPNOTE 4.3.12, uncompressed size at 24).
	const lying = Buffer.from(large);
	const at = lying.lastIndexOf(name) - 46;
	lying.writeUInt32LE(10, at + 24);
	expect(await read(lying)).toMatchObject({
		unread: [{ line: 2, code: 'picture_missing' }],
		questions: [{}, { doubts: [] }]
	});
});

test('pictures that say they are vast are drawn until the share of a document is used up', async () => {
	const asked = await Promise.all(
		COLOURS.map(async (colour, i) => [
			line(`Câu ${i + 1}: Hỏi ${i + 1}?`),
			line(await shown(colour)),
			line('Đáp án: Sai')
		])
	);
	const bytes = await written(...asked.flat());
	const parts = unzipSync(bytes);
	for (const [i, colour] of COLOURS.entries()) {
		// Width and height in the head, and its checksum (PNG, third edition, 11.2.1): 225 million pixels in 100 bytes.
		const picture = await png(colour);
		picture.writeUInt32BE(15_000 + i, 16);
		picture.writeUInt32BE(15_000, 20);
		picture.writeUInt32BE(crc32(picture.subarray(12, 29)), 29);
		parts[`word/media/${nameIn(bytes, await png(colour))}`] = new Uint8Array(picture);
	}
	const { unread } = await readQuestionFile(zipSync(parts), () => Promise.resolve(randomUUID()));
	expect(unread.map(({ line: place, code }) => [place, code])).toEqual([
		[14, 'picture_too_much'],
		[17, 'picture_too_much']
	]);
});

test('letters that stand for pictures here mean nothing in a document of others', async () => {
	const bytes = await written(
		line('Câu 1: Chữ \uE000\uE001 lạ?'),
		line('A. \uE000Một'),
		line('B. Hai'),
		line('Đáp án: A')
	);
	expect(await read(bytes)).toMatchObject({
		questions: [
			{
				stem: 'Chữ  lạ?',
				options: [
					['Một', 100],
					['Hai', 0]
				],
				source: 'Câu 1: Chữ  lạ?\nA. Một\nB. Hai\nĐáp án: A'
			}
		],
		unread: []
	});
});

test('pictures go out with the questions as Word and come back where they stood', async ({ ctx }) => {
	const { province } = await aProvince(ctx);
	const add = async (bytes: Uint8Array) => (await addMedia(ctx, province.id, { name: 'hình.png', bytes })).id;
	const [red = '', green = '', blue = ''] = await Promise.all(
		COLOURS.slice(0, 3).map(async (one) => add(await png(one)))
	);
	const photo = await add(
		await sharp(await noise(1200))
			.png()
			.toBuffer()
	);
	const html = (...pieces: string[]) => pieces.map((piece) => `<p>${piece}</p>`).join('');
	const img = (id: string, alt = '') => `<img src="media:${id}" alt="${alt}" />`;
	const options = [
		{ id: 'aaa1', html: html(img(red, 'Biển &quot;A&quot; &amp; B')), credit: 100, feedback: '' },
		{ id: 'bbb1', html: html('Hai', img(green)), credit: 0, feedback: '' },
		{ id: 'ccc1', html: html(`Như ${img(blue)} này`), credit: 0, feedback: '' }
	];
	const asked: Question = {
		...blankQuestion('single'),
		...{ topic: 'Giao thông', difficulty: 'easy' },
		stem: html(img(photo, 'Ngã tư'), 'Xe nào đi trước?', `${img(blue)}${img(red)}`),
		explanation: html('Xem', img(green)),
		body: { type: 'single', options, keepsOrder: false }
	};
	const voice = `<audio src="media:${randomUUID()}" controls="" preload="none"></audio>`;
	await addQuestions(ctx, { unitId: province.id }, [
		asked,
		{ ...asked, stem: html('Nghe và chọn', img(photo)) + voice }
	]);
	const file = await exportQuestions(ctx, { page: 1, ...noFilter }, 'docx');
	const media = Object.keys(unzipSync(file)).filter((name) => name.startsWith('word/media/'));
	expect(media.map((name) => name.split('.').at(-1)).toSorted()).toEqual(['jpg', 'png', 'png', 'png']);
	expect(file.length).toBeLessThan(2_000_000);
	const { keepFile, kept } = keeper();
	const { found, unread } = await readQuestionFile(file, (one) => keepFile(one));
	expect(unread).toEqual([{ line: 1, source: 'NGÂN HÀNG CÂU HỎI', code: 'loose_text' }]);
	expect(kept).toHaveLength(4);
	const bare = (text: string) => text.replace(/media:[0-9a-f-]{36}/g, 'media:*');
	const [first, second] = found.map(({ question }) => JSON.parse(bare(JSON.stringify(question))) as Question);
	expect(first).toMatchObject({
		stem: bare(asked.stem),
		explanation: bare(asked.explanation),
		body: { options: options.map((option) => ({ html: bare(option.html), credit: option.credit })) }
	});
	expect(found.flatMap(({ doubts }) => doubts)).toEqual([]);
	expect(second?.stem).toContain('[hình, âm thanh hoặc video trong ngân hàng]');
});

/** What weighs as much as a photograph. */
const noise = (side: number) =>
	sharp({
		create: {
			width: side,
			height: side,
			channels: 3,
			background: 'gray',
			noise: { type: 'gaussian', mean: 128, sigma: 30 }
		}
	})
		.png()
		.toBuffer();

test('the preview shows the pictures, tells questions of one wording apart by them, and the bank keeps them', async ({
	ctx
}) => {
	const { province } = await aProvince(ctx);
	const asked = async (colour: Colour, number: number) => [
		line(`Câu ${number}: Biển này có ý nghĩa gì?`),
		line(await shown(colour, `Biển ${number}`)),
		line('A. Cấm'),
		line('B. Cho phép'),
		line('Đáp án: A')
	];
	const bytes = await written(...(await asked('red', 1)), ...(await asked('green', 2)), ...(await asked('red', 3)));
	const file = new File([new Uint8Array(bytes)], 'biển.docx');
	const { importId } = await bringQuestions(ctx, {
		...{ importId: randomUUID(), unitId: province.id, isShared: false, topic: 'Giao thông', file }
	});
	const { questions, unread } = await getQuestionImport(ctx, importId);
	expect(unread).toEqual([]);
	expect(questions.map(({ known }) => known)).toEqual([null, null, { line: 1 }]);
	expect(questions[1]!.question.stem).toMatch(
		/^<p>Biển này có ý nghĩa gì\?<\/p><p><img src="(?!media:)[^"]+" alt="Biển 2" \/><\/p>$/
	);
	expect(questions.flatMap(({ problems, doubts }) => [...problems, ...doubts])).toEqual([]);
	expect(await ctx.db.select().from(questionMedia)).toMatchObject([
		{ kind: 'image', state: 'ready', unitId: province.id },
		{ kind: 'image', state: 'ready' }
	]);
	expect(await takeQuestions(ctx, importId, { take: [0, 1], keys: new Map() })).toBe(2);
	const { rows } = await listQuestions(ctx, { page: 1, ...noFilter });
	expect(rows.map(({ words }) => words)).toEqual(['Biển này có ý nghĩa gì?', 'Biển này có ý nghĩa gì?']);
});

import { eq } from 'drizzle-orm';
import { strFromU8, unzipSync } from 'fflate';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test as plain } from 'vitest';
import type { PrintInput } from '#lib/assessment/printed-input.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { auditEvents } from '#lib/server/audit/tables.ts';
import { addMedia } from '#lib/server/assessment/media.ts';
import { papers } from '#lib/server/assessment/paper-tables.ts';
import { questionVersions } from '#lib/server/assessment/tables.ts';
import { getPrintedFile, listPrintedPapers, makePrintedPaper } from '#lib/server/learning/printed-papers.ts';
import { printedPapers } from '#lib/server/learning/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { convertToPdf, findSoffice } from '#lib/server/platform/office/soffice.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { aBankQuestion, aQuizWorld, type QuizWorld } from '../support/quiz-world.ts';
import { as, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

const soffice = await findSoffice({ sofficePath: process.env.SOFFICE_PATH });
const SHUFFLED: PrintInput = { count: 4, shufflesQuestions: true, shufflesOptions: true };

const unitOf = ({ unitId }: QuizWorld) => ({ id: unitId, path: '1' });
const placeOf = ({ activityId, place }: QuizWorld) => ({ activityId, lessonId: place.lessonId });

async function printed(ctx: Context, world: QuizWorld, how = SHUFFLED) {
	const { printedId } = await makePrintedPaper(as(ctx, anActor('unit_admin', unitOf(world))), placeOf(world), how);
	const [row] = await ctx.db.select().from(printedPapers).where(eq(printedPapers.id, printedId));
	return { printedId, variants: row!.variants };
}

async function file(ctx: Context, world: QuizWorld, printedId: string, name: string): Promise<Buffer> {
	return (await getPrintedFile(ctx, { ...placeOf(world), printedId, name })).body;
}

/** Text without spaces: PDFs and LibreOffice cut words differently. */
const squeezed = async (pdf: Uint8Array) => (await pdfPages(pdf)).map((page) => page.replace(/\s/g, ''));

test('variants ask the same questions, each in another layout under another code', async ({ ctx }) => {
	const world = await aQuizWorld(ctx, { bank: 9 });
	const { variants } = await printed(ctx, world, { ...SHUFFLED, count: 8 });
	expect(new Set(variants.map(({ code }) => code)).size).toBe(8);
	expect(variants.every(({ code }) => /^[1-9]\d\d$/.test(code))).toBe(true);
	const asked = variants.map(({ items }) => items.map(({ versionId }) => versionId).sort());
	expect(asked).toEqual(asked.map(() => asked[0]));
	expect(new Set(variants.map(({ items }) => JSON.stringify(items))).size).toBe(8);
});

test('the key of each variant names the letter under which the right option stands there', async ({ ctx }) => {
	const world = await aQuizWorld(ctx);
	const { printedId, variants } = await printed(ctx, world);
	const key = (await squeezed(await file(ctx, world, printedId, 'dap-an.pdf'))).join('');
	const rows = [0, 1, 2].map((i) =>
		variants.map(({ items }) => 'ABCD'[items[i]!.optionOrder.indexOf('opt1')]).join('')
	);
	expect(key).toContain(`Câu${variants.map(({ code }) => code).join('')}`);
	expect(key).toContain(rows.map((row, i) => `${i + 1}${row}`).join(''));
	for (const { code, items } of variants) {
		const exam = (await squeezed(await file(ctx, world, printedId, `de-${code}.pdf`))).join('');
		const letter = 'ABCD'[items[0]!.optionOrder.indexOf('opt1')];
		const first = exam.slice(exam.indexOf('Câu1.'), exam.indexOf('Câu2.'));
		expect(first).toContain(`${letter}.đúng`);
		expect(exam).toContain(`Mãđề${code}-Trang1/1`);
	}
});

test('the sheet has boxes for choices and lines for words', async ({ ctx }) => {
	const world = await aQuizWorld(ctx, { bank: 0, content: () => [] });
	const short = { type: 'short', accepted: [{ text: 'Bộ Tư pháp', credit: 100, feedback: '' }] } as const;
	const ids = [
		await aBankQuestion(ctx, world.unitId, world.topicId),
		await aBankQuestion(ctx, world.unitId, world.topicId, {
			body: { ...short, accepted: [...short.accepted], ignoresCase: true, ignoresAccents: false }
		})
	];
	const content = ids.map((questionId) => ({ kind: 'fixed' as const, questionId, marks: 1 }));
	await ctx.db.update(papers).set({ content }).where(eq(papers.id, world.paperId));
	const { printedId, variants } = await printed(ctx, world, {
		...{ count: 1, shufflesQuestions: false, shufflesOptions: false }
	});
	const sheet = (await squeezed(await file(ctx, world, printedId, `phieu-${variants[0]!.code}.pdf`))).join('');
	expect(sheet).toContain('CâuABCD1');
	expect(sheet).toContain('Câu2.');
	expect((await squeezed(await file(ctx, world, printedId, 'dap-an.pdf'))).join('')).toContain('2BộTưpháp');
});

test('the sheets stay as they were printed when a question is written anew', async ({ ctx }) => {
	const world = await aQuizWorld(ctx);
	const { printedId, variants } = await printed(ctx, world, { ...SHUFFLED, count: 1 });
	const { code, items } = variants[0]!;
	const before = await file(ctx, world, printedId, `de-${code}.pdf`);
	await aBankQuestion(ctx, world.unitId, world.topicId);
	expect(await file(ctx, world, printedId, `de-${code}.pdf`)).toEqual(before);
	const [version] = await ctx.db.select().from(questionVersions).where(eq(questionVersions.id, items[0]!.versionId));
	const stem = plainText(version!.stem).replace(/\s/g, '');
	expect((await squeezed(before)).join('')).toContain(stem);
});

test('as many variants as the questions do not allow are refused', async ({ ctx }) => {
	const world = await aQuizWorld(ctx);
	const plainly = { count: 2, shufflesQuestions: false, shufflesOptions: false };
	await expect(printed(ctx, world, plainly)).rejects.toMatchObject({ code: 'assessment.variants_alike' });
	expect((await printed(ctx, world, { ...plainly, count: 1 })).variants).toHaveLength(1);
});

test('keys go to markers alone, other units get nothing, and what was taken is written down', async ({ ctx }) => {
	const world = await aQuizWorld(ctx);
	const { printedId, variants } = await printed(ctx, world);
	const exam = `de-${variants[0]!.code}.docx`;
	const admin = as(ctx, anActor('unit_admin', unitOf(world)));
	const trainer = as(ctx, anActor('trainer', unitOf(world)));
	const elsewhere = as(ctx, anActor('unit_admin', { id: world.unitId, path: '2' }));
	await expect(file(admin, world, printedId, 'dap-an.docx')).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(file(elsewhere, world, printedId, exam)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(file(as(ctx, world.learner), world, printedId, exam)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(file(admin, world, printedId, 'de-099.docx')).rejects.toMatchObject({ kind: 'not_found' });
	await file(admin, world, printedId, exam);
	await file(trainer, world, printedId, 'dap-an.docx');
	const actions = (await ctx.db.select().from(auditEvents)).map(({ action }) => action);
	expect(actions.filter((action) => action.startsWith('printed_paper.'))).toEqual([
		'printed_paper.made',
		'printed_paper.exported',
		'printed_paper.key_exported'
	]);
});

test('a question that shows a picture is listed with its number in each variant', async ({ ctx }) => {
	const world = await aQuizWorld(ctx, { bank: 2 });
	const stem = '<p>Biển nào?</p><p><img src="media:00000000-0000-4000-8000-000000000001" alt="" /></p>';
	await aBankQuestion(ctx, world.unitId, world.topicId, { stem });
	const { printedId, variants } = await printed(ctx, world);
	const { papers: list } = await listPrintedPapers(as(ctx, anActor('trainer', unitOf(world))), placeOf(world));
	expect(list[0]!.unprintable.map(({ code }) => code)).toEqual(variants.map(({ code }) => code));
	const { code, number } = list[0]!.unprintable[0]!;
	const exam = (await squeezed(await file(ctx, world, printedId, `de-${code}.pdf`))).join('');
	expect(exam).toContain(`Câu${number}.Biểnnào?[Hìnhảnh`);
});

/** A drawing of its own shape and colour. */
async function aPicture(ctx: Context, unitId: string, name: string, svg: string, size: readonly [number, number]) {
	const [width, height] = size;
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${width}" height="${height}">${svg}</svg>`;
	const bytes = await sharp(Buffer.from(drawing)).png().toBuffer();
	return `<img src="media:${(await addMedia(ctx, unitId, { name, bytes })).id}" alt="${name}" />`;
}

test('pictures of stems and options are printed with their questions, in PDF and in Word', async ({ ctx }) => {
	const world = await aQuizWorld(ctx, { bank: 0, content: () => [] });
	const wide = await aPicture(ctx, world.unitId, 'ngã tư', '<rect width="100" height="100" fill="green"/>', [900, 500]);
	const signs = await Promise.all(
		['red', 'blue', 'orange', 'teal'].map((fill) =>
			aPicture(ctx, world.unitId, fill, `<circle cx="50" cy="50" r="48" fill="${fill}"/>`, [240, 240])
		)
	);
	const html = (...pieces: string[]) => pieces.map((piece) => `<p>${piece}</p>`).join('');
	const options = signs.map((sign, i) => ({
		...{ id: `opt${i + 1}`, credit: i === 0 ? 100 : 0, feedback: '' },
		html: html(sign)
	}));
	const body = { type: 'single' as const, options, keepsOrder: true };
	const voice = `<audio src="media:${randomUUID()}"></audio>`;
	const worded = options.map((option, i) => (i === 3 ? { ...option, html: html('Biển này', signs[3]!) } : option));
	const ids = [
		await aBankQuestion(ctx, world.unitId, world.topicId, { stem: html('Xe nào đi trước?', wide), body }),
		await aBankQuestion(ctx, world.unitId, world.topicId, { stem: html(wide), explanation: html(signs[0]!) }),
		await aBankQuestion(ctx, world.unitId, world.topicId, {
			stem: html('Chọn biển'),
			body: { ...body, options: worded }
		}),
		await aBankQuestion(ctx, world.unitId, world.topicId, { stem: `${html('Nghe và chọn:')}${voice}` })
	];
	const content = ids.map((questionId) => ({ kind: 'fixed' as const, questionId, marks: 1 }));
	await ctx.db.update(papers).set({ content }).where(eq(papers.id, world.paperId));
	const { printedId, variants } = await printed(ctx, world, {
		...{ count: 1, shufflesQuestions: false, shufflesOptions: false }
	});
	const code = variants[0]!.code;
	const pdf = await file(ctx, world, printedId, `de-${code}.pdf`);
	expect(await file(ctx, world, printedId, `de-${code}.pdf`)).toEqual(pdf);
	expect(pdf.toString('latin1').match(/\/Subtype \/Image/g)?.length).toBe(10);
	const pages = (await squeezed(pdf)).join('');
	expect(pages).toContain('Câu1.Xenàođitrước?A.B.C.D.Câu2.A.saimột');
	expect(pages).toMatch(/Câu3\.Chọnbiển.*A\.B\.C\.D\.Biểnnày.*Câu4\.Nghevàchọn:\[Hìnhảnh/);
	const parts = unzipSync(await file(ctx, world, printedId, `de-${code}.docx`));
	expect(Object.keys(parts).filter((name) => /^word\/media\/.*\.png$/.test(name))).toHaveLength(5);
	const xml = strFromU8(parts['word/document.xml']!);
	expect([...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, alt]) => alt)).toEqual([
		'ngã tư',
		'red',
		'blue',
		'orange',
		'teal',
		'ngã tư',
		'red',
		'blue',
		'orange',
		'teal'
	]);
	const sheet = unzipSync(await file(ctx, world, printedId, `phieu-${code}.docx`));
	expect(Object.keys(sheet).filter((name) => name.includes('media/'))).toEqual([]);
	const { papers: list } = await listPrintedPapers(as(ctx, anActor('trainer', unitOf(world))), placeOf(world));
	expect(list[0]!.unprintable).toEqual([{ code, number: 4 }]);
});

// LibreOffice is 300 MB: it is not installed for the tests, but where it stands they use it.
plain.runIf(!soffice)('LibreOffice is not here, so the Word files were not opened', () => {
	console.warn('tests/integration/printed-papers.test.ts: no soffice on PATH');
});

test.runIf(soffice)(
	'LibreOffice opens the Word files, with code and pages at their foot',
	async ({ ctx, config }) => {
		const world = await aQuizWorld(ctx);
		const { printedId, variants } = await printed(ctx, world);
		const { code } = variants[0]!;
		const opened = async (name: string) => {
			const source = path.join(config.dataDir, name);
			await fs.writeFile(source, await file(ctx, world, printedId, name));
			const pdf = await convertToPdf(soffice!, source, config.dataDir, AbortSignal.timeout(90_000));
			return (await squeezed(await fs.readFile(pdf!))).join('');
		};
		expect(await opened(`de-${code}.docx`)).toContain(`Mãđề${code}-Trang1/1`);
		expect(await opened(`phieu-${code}.docx`)).toContain('CâuABCD');
		expect(await opened('dap-an.docx')).toContain(`Câu${variants.map((each) => each.code).join('')}`);
	},
	180_000
);

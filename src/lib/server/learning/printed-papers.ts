import { and, desc, eq } from 'drizzle-orm';
import { readFileName, type PrintedFile } from '#lib/assessment/printed-file.ts';
import type { PrintInput } from '#lib/assessment/printed-input.ts';
import { composeExam, composeKey, composeSheet, type Printed } from '../assessment/printed/compose.ts';
import { picturesOf, readPictures } from '../assessment/pictures.ts';
import { drawVariants, textsOn, unprintable, versionsOf } from '../assessment/printed/draw-variants.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { can } from '../identity/permissions.ts';
import { dayOf, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { PagedDocument } from '../platform/office/paged-document.ts';
import { writePagedDocx } from '../platform/office/write-paged-docx.ts';
import { writePagedPdf } from '../platform/office/write-paged-pdf.ts';
import { getClassQuiz } from './quiz-board.ts';
import { printedPapers } from './tables.ts';

type Place = Readonly<{ activityId: string; lessonId: string }>;
type Row = typeof printedPapers.$inferSelect;

/**
 * What was laid out for paper in a quiz of a class, newest first, and what the actor may take of it.
 * @throws {DomainError} `forbidden`; `not_found` outside the actor's classes
 */
export async function listPrintedPapers(ctx: Context, { activityId, lessonId }: Place) {
	const { title, paper } = await getClassQuiz(ctx, 'quiz:invigilate', activityId, lessonId);
	const rows = await ctx.db
		.select()
		.from(printedPapers)
		.where(and(eq(printedPapers.activityId, activityId), eq(printedPapers.lessonId, lessonId)))
		.orderBy(desc(printedPapers.createdAt), printedPapers.id);
	const laidOut = rows.flatMap(({ variants }) => variants);
	const versions = await versionsOf(ctx.db, laidOut);
	const pictures = await picturesOf(ctx.db, textsOn(laidOut, versions));
	return {
		...{ title, paperTitle: paper.title },
		...{ shufflesQuestions: paper.settings.shufflesQuestions, shufflesOptions: paper.settings.shufflesOptions },
		...{ mayMake: can(ctx.actor, 'training:manage'), maySeeKeys: can(ctx.actor, 'quiz:mark') },
		papers: rows.map(({ id, title: printedTitle, createdAt, variants }) => ({
			...{ id, title: printedTitle, createdAt, questions: variants[0]?.items.length ?? 0 },
			codes: variants.map(({ code }) => code),
			unprintable: variants.flatMap((variant) =>
				unprintable(variant, versions, pictures).map((number) => ({ code: variant.code, number }))
			)
		}))
	};
}

/**
 * Draws the quiz once and lays it out for paper under several mã đề.
 * @throws {DomainError} as listPrintedPapers and `drawVariants`
 */
export async function makePrintedPaper(
	ctx: Context,
	{ activityId, lessonId }: Place,
	how: PrintInput
): Promise<{ printedId: string }> {
	const { paper } = await getClassQuiz(ctx, 'training:manage', activityId, lessonId);
	return ctx.db.transaction(async (tx) => {
		const variants = await drawVariants(tx, paper, how);
		const [made] = await tx
			.insert(printedPapers)
			.values({
				...{ activityId, lessonId, paperId: paper.id, title: paper.title, variants },
				timeLimitMin: paper.settings.timeLimitMin,
				sections: paper.content.flatMap((part) => (part.kind === 'section' ? [part.title] : [])),
				...{ createdAt: ctx.now, createdBy: accountIdOf(ctx.actor) }
			})
			.returning({ id: printedPapers.id });
		const printedId = made!.id;
		const codes = variants.map(({ code }) => code).join(', ');
		await recordAudit(ctx, tx, 'printed_paper.made', { objectId: printedId, activityId, lessonId, codes });
		return { printedId };
	});
}

/**
 * A file of a printed paper by its name (`readFileName`); that it was taken is written down. Keys go to markers only.
 * @throws {DomainError} `forbidden`; `not_found` for another class, another name or a mã đề that it has not
 */
export async function getPrintedFile(
	ctx: Context,
	{ activityId, lessonId, printedId, name }: Place & { printedId: string; name: string }
): Promise<{ body: Buffer; format: PrintedFile['format'] }> {
	const file = readFileName(name);
	if (!file) throw new DomainError('not_found', 'learning.no_printed_paper');
	const permission = file.kind === 'key' ? 'quiz:mark' : 'quiz:invigilate';
	const quiz = await getClassQuiz(ctx, permission, activityId, lessonId);
	const [row] = await ctx.db
		.select()
		.from(printedPapers)
		.where(
			and(
				eq(printedPapers.id, printedId),
				eq(printedPapers.activityId, activityId),
				eq(printedPapers.lessonId, lessonId)
			)
		);
	if (!row) throw new DomainError('not_found', 'learning.no_printed_paper');
	const versions = await versionsOf(ctx.db, row.variants);
	const shown = file.kind === 'exam' ? row.variants.filter(({ code }) => code === file.code) : [];
	const document = compose(row, file, {
		...{ title: row.title, agency: quiz.organiserName, className: quiz.title, timeLimitMin: row.timeLimitMin },
		...{ sections: row.sections, day: dayOf(row.createdAt) },
		...{ versions, pictures: await readPictures(ctx, textsOn(shown, versions)) }
	});
	const { kind, format, code } = file;
	const body = await (format === 'pdf' ? writePagedPdf(document) : writePagedDocx(document));
	const event = kind === 'key' ? 'printed_paper.key_exported' : 'printed_paper.exported';
	await recordAudit(ctx, ctx.db, event, { objectId: printedId, activityId, lessonId, kind, format, code });
	return { body, format };
}

function compose({ variants }: Row, { kind, code }: PrintedFile, printed: Printed): PagedDocument {
	if (kind === 'key') return composeKey(printed, variants);
	const variant = variants.find((each) => each.code === code);
	if (!variant) throw new DomainError('not_found', 'learning.no_printed_paper');
	return kind === 'exam' ? composeExam(printed, variant) : composeSheet(printed, variant);
}

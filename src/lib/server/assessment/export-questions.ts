import { and, eq, inArray, sql } from 'drizzle-orm';
import { buffer } from 'node:stream/consumers';
import type { QuestionFilter } from '#lib/assessment/input.ts';
import type { Question } from '#lib/assessment/question.ts';
import { recordAudit } from '../audit/record.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { listCitations } from './citations.ts';
import { questionConditions } from './list-questions.ts';
import { mediaIdsIn } from './media.ts';
import { readPictures } from './pictures.ts';
import { bankScope, isNewest, isReadable } from './question-access.ts';
import { writeMoodleXml } from './question-file/write-moodle-xml.ts';
import { OWN_FORMAT, type OwnFile } from './question-file/own-format.ts';
import { writeWord } from './question-file/write-word.ts';
import { richTextsOf } from './safe-question.ts';
import { questionMedia, questions, questionTopics, questionVersions } from './tables.ts';

/** Most questions of one file. */
const MOST = 2000;

/** A file of the bank that questions show. */
export type ExportedMedia = Readonly<{ name: string; base64: string }>;

/**
 * The bank as a filter leaves it, newest versions, as a file: `json` loses nothing, `xml` is Moodle's, `docx` is for
 * reading and is read again by the import. That it was taken is written down: it holds the keys.
 * @throws {DomainError} `invalid` `assessment.too_many_questions`
 */
export async function exportQuestions(
	ctx: Context,
	filter: QuestionFilter,
	format: 'json' | 'xml' | 'docx'
): Promise<Buffer> {
	const list = await readQuestions(ctx, filter);
	await recordAudit(ctx, ctx.db, 'question.exported', { format, count: list.length });
	if (format === 'docx') return writeWord(list, await readPictures(ctx, list.flatMap(richTextsOf)));
	const media = await readMedia(ctx, list);
	if (format === 'xml') return Buffer.from(writeMoodleXml(list, media));
	const file: OwnFile = { format: OWN_FORMAT, version: 1, questions: list, media: Object.fromEntries(media) };
	return Buffer.from(JSON.stringify(file, null, '\t'));
}

async function readQuestions(ctx: Context, filter: QuestionFilter): Promise<Question[]> {
	const rows = await ctx.db
		.select({
			versionId: questionVersions.id,
			stem: questionVersions.stem,
			body: questionVersions.body,
			explanation: questionVersions.explanation,
			difficulty: questions.difficulty,
			topic: questionTopics.name
		})
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.innerJoin(questionTopics, eq(questionTopics.id, questions.topicId))
		.innerJoin(questionVersions, isNewest())
		.where(and(isReadable(bankScope(ctx.actor)), ...questionConditions(filter)))
		// A file's questions share their instant; their first steps tell the order they came in.
		.orderBy(questionTopics.name, sql`(select min(s.id) from question_step s where s.question_id = ${questions.id})`)
		.limit(MOST + 1);
	if (rows.length > MOST) throw new DomainError('invalid', 'assessment.too_many_questions', { n: MOST });
	const cited = await listCitations(
		ctx.db,
		rows.map(({ versionId }) => versionId)
	);
	return rows.map(({ versionId, ...question }) => ({
		...question,
		citations: (cited.get(versionId) ?? []).map(({ document, article, validFrom, validTo }) => ({
			...{ document, article, validFrom, validTo }
		}))
	}));
}

async function readMedia(ctx: Context, list: readonly Question[]): Promise<Map<string, ExportedMedia>> {
	const ids = mediaIdsIn(list.flatMap(richTextsOf));
	const media = new Map<string, ExportedMedia>();
	if (ids.length === 0) return media;
	const rows = await ctx.db
		.select()
		.from(questionMedia)
		.where(and(inArray(questionMedia.id, ids), eq(questionMedia.state, 'ready')));
	for (const { id, name, storageKey } of rows) {
		const bytes = await buffer(await ctx.storage.get(storageKey));
		media.set(id, { name: fileName(name, storageKey), base64: bytes.toString('base64') });
	}
	return media;
}

/** Pictures are kept as WebP whatever they came as, so the ending is the kept file's. */
function fileName(name: string, storageKey: string): string {
	const ending = /\.\w+$/.exec(storageKey)?.[0] ?? '';
	return `${name.replace(/\.\w{2,5}$/, '')}${ending}`;
}

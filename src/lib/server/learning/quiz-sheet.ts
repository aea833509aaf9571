import { formatDateTime } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { quizBoardMessages } from '#lib/i18n/quiz-board.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { getQuizBoard } from './quiz-board.ts';

/** Everybody's standing and grade in a quiz of a class for a file; that it was taken is written down. @throws as getQuizBoard */
export async function quizSheet(ctx: Context, activityId: string, lessonId: string, locale: Locale): Promise<Sheet> {
	const board = await getQuizBoard(ctx, activityId, lessonId, { show: undefined, page: 'all' });
	await recordAudit(ctx, ctx.db, 'quiz.results_exported', { objectId: activityId, lessonId, rows: board.rows.length });
	const t = quizBoardMessages[locale];
	const time = (at: Date | null) => (at ? formatDateTime(at) : '');
	return {
		title: t.results,
		headings: [t.name, t.give.unit, t.state, t.attempt, t.startedAt, t.submittedAt, t.answered, t.percent],
		rows: board.rows.map((row) => [
			...[row.name, row.unit, t.states[row.state], row.attempt ?? '', time(row.startedAt), time(row.submittedAt)],
			...[row.attempt === null ? '' : t.answeredOf(String(row.answered), String(row.questions)), row.percent ?? '']
		]),
		notes: [board.title, board.paperTitle, t.readAt(formatDateTime(board.readAt))]
	};
}

import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failureSentence, lecturesMessages } from '#lib/i18n/lectures.ts';
import { addLectureLesson } from '#lib/server/catalogue/add-lecture-lesson.ts';
import { findRevision, type LectureRevision } from '#lib/server/lectures/queries.ts';
import { transcodeLecture } from '#lib/server/lectures/transcode-job.ts';
import type { LectureTarget } from '#lib/server/lectures/keys.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { UsageError, type Command } from '../command.ts';

const OVER = ['ready', 'failed', 'cancelled'];

/** Uploads a file, transcodes it and puts it at the end of a course's draft. */
export const command: Command = {
	summary: 'Thêm bài giảng vào khóa học / Add a lecture to a course',
	usage: 'FILE --course CODE --title T [--json]',
	details: [
		'Khóa học phải ở trạng thái bản nháp / the course must be a draft',
		'Bài giảng đứng cuối học phần cuối cùng / the lecture goes to the end of the last module'
	],
	options: { course: { type: 'string' }, title: { type: 'string' } },
	async run({ values, positionals, ctx: open, note }) {
		const [file] = positionals;
		const { course, title } = values;
		if (!file) throw new UsageError('thiếu tên tệp / the file is missing');
		if (typeof course !== 'string') throw new UsageError('--course CODE');
		if (typeof title !== 'string' || title.trim() === '') throw new UsageError('--title T');
		const found = await fs.stat(file).catch(() => undefined);
		if (!found?.isFile()) throw new UsageError(`không đọc được ${file} / ${file} cannot be read`);
		const ctx = await open();
		note('Đang tải lên… / Uploading…');
		const source = { path: path.resolve(file), name: path.basename(file), sizeBytes: found.size };
		const { target, lessonId } = await addLectureLesson(ctx, { code: course, title: title.trim(), source });
		const revision = await transcoded(ctx, target, note);
		const data = { ...target, lessonId, state: revision?.state, failureCode: revision?.failureCode };
		if (revision?.state === 'ready') return { text: `✓ ${title.trim()} (${revision.durationS?.toFixed(1)} s)`, data };
		const code = revision?.failureCode ?? 'unknown';
		const text = (['vi', 'en'] as const).map((locale) => failureSentence(lecturesMessages[locale].failures, code));
		return { text: `✗ ${text.join('\n  ')}`, data, exitCode: 1 };
	}
};

/** Does the work here, unless a worker that runs was faster; then waits for that one. */
async function transcoded(
	ctx: Context,
	target: LectureTarget,
	note: (text: string) => void
): Promise<LectureRevision | undefined> {
	const working = transcodeLecture.run(ctx, target, new AbortController().signal).catch(() => {}); // told by the row
	let last = '';
	for (;;) {
		const revision = await findRevision(ctx.db, target.lectureId, target.revision);
		if (!revision || OVER.includes(revision.state)) {
			await working;
			return revision;
		}
		const line = `${revision.state} ${Math.floor(revision.progressPercent / 10) * 10}%`;
		if (line !== last) note(line);
		last = line;
		await sleep(500);
	}
}

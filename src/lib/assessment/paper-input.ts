import * as v from 'valibot';
import { parseDay } from '../i18n/format.ts';
import { instantOf, readClock } from '../text/clock.ts';
import { tidy } from '../text/fold.ts';
import { GRADES_OF, PAPER_LAYOUTS, REVIEW_PARTS, type PaperSettings } from './paper.ts';
import { DIFFICULTIES } from './question.ts';

/** "Bắt đầu làm bài", with the password of the room where one is asked. */
export const StartInput = v.object({ password: v.optional(v.pipe(v.string(), v.maxLength(100))) });

/** "Câu tiếp theo" of a paper without a way back. */
export const FromInput = v.object({ from: v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number)) });

const id = v.pipe(v.string('form.required'), v.uuid('form.choice'));
const lockVersion = v.pipe(v.string('form.stale'), v.regex(/^\d{1,9}$/, 'form.stale'), v.transform(Number));
const text = (max: number) => v.pipe(v.optional(v.string(), ''), v.transform(tidy), v.maxLength(max, 'form.too_long'));
/** A number as officials type it: `1,5`. */
const number = (least: number, most: number) =>
	v.pipe(
		v.string('form.required'),
		v.minLength(1, 'form.required'),
		v.transform((typed) => Number(typed.replace(',', '.'))),
		v.number('form.number'),
		v.minValue(least, 'form.too_small'),
		v.maxValue(most, 'form.too_large')
	);
const whole = (least: number, most: number) => v.pipe(number(least, most), v.integer('form.whole_number'));
const emptyIsNull = v.pipe(
	v.optional(v.string(), ''),
	v.literal(''),
	v.transform(() => null)
);
const orNone = <S extends v.GenericSchema<string, number>>(schema: S) =>
	v.union([emptyIsNull, schema], 'form.whole_number');
const marks = number(0.25, 100);
const isTicked = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value !== '')
);
const index = v.pipe(v.string('form.choice'), v.regex(/^\d{1,3}$/, 'form.choice'), v.transform(Number));

/** "Thêm câu rút ngẫu nhiên". */
export const RandomPartInput = v.object({
	lockVersion,
	topicId: id,
	difficulty: v.union([emptyIsNull, v.picklist(DIFFICULTIES)], 'form.choice'),
	count: whole(1, 100),
	marks
});
/** "Thêm câu cố định", several at a time. */
export const FixedPartsInput = v.object({
	lockVersion,
	ids: v.pipe(v.optional(v.array(id), []), v.minLength(1, 'form.choose_one'), v.maxLength(50, 'form.too_many')),
	marks
});
/** "Thêm đề mục". */
export const SectionInput = v.object({
	lockVersion,
	title: v.pipe(text(250), v.minLength(1, 'form.required'))
});
/** One entry of the paper, by its place. */
export const PartInput = v.object({ lockVersion, index });
export const MovePartInput = v.object({ lockVersion, index, direction: v.picklist(['up', 'down'], 'form.choice') });
export const WeighPartInput = v.object({ lockVersion, index, marks, count: v.optional(whole(1, 100)) });

/** A moment as a day and a time of day in Việt Nam; null where both are empty, undefined where it cannot be read. */
function moment(day: string, clock: string, clockIfEmpty: string): string | null | undefined {
	if (day.trim() === '') return null;
	const [date, time] = [parseDay(day), readClock(clock.trim() === '' ? clockIfEmpty : clock)];
	return date && time ? instantOf(date, time).toISOString() : undefined;
}

const line = v.optional(v.pipe(v.string(), v.maxLength(40)), '');
const parts = v.optional(v.array(v.picklist(REVIEW_PARTS)), []);

/** "Quy định làm bài": the whole form; {@link toSettings} makes the rules of it. */
export const SettingsInput = v.object({
	lockVersion,
	layout: v.picklist(PAPER_LAYOUTS, 'form.choice'),
	isSequential: isTicked,
	shufflesQuestions: isTicked,
	shufflesOptions: isTicked,
	opensDay: line,
	opensClock: line,
	closesDay: line,
	closesClock: line,
	timeLimitMin: orNone(whole(1, 600)),
	attemptLimit: orNone(whole(1, 50)),
	delayMin: v.union(
		[
			v.pipe(
				emptyIsNull,
				v.transform(() => 0)
			),
			whole(0, 100_000)
		],
		'form.whole_number'
	),
	passPercent: number(0, 100),
	gradeOf: v.picklist(GRADES_OF, 'form.choice'),
	password: text(60),
	keepsSteps: isTicked,
	right_after: parts,
	while_open: parts,
	after_close: parts
});

/** The rules a form says, or the fields whose moments cannot be read. */
export function toSettings(
	input: v.InferOutput<typeof SettingsInput>
): { ok: true; settings: PaperSettings } | { ok: false; issues: Record<string, string> } {
	const { lockVersion: _, opensDay, opensClock, closesDay, closesClock, ...rest } = input;
	const [opensAt, closesAt] = [moment(opensDay, opensClock, '00:00'), moment(closesDay, closesClock, '23:59')];
	const issues: Record<string, string> = {};
	if (opensAt === undefined) issues.opensDay = 'form.date';
	if (closesAt === undefined) issues.closesDay = 'form.date';
	if (opensAt && closesAt && closesAt <= opensAt) issues.closesDay = 'form.date_order';
	if (opensAt === undefined || closesAt === undefined || Object.keys(issues).length > 0) return { ok: false, issues };
	const { right_after, while_open, after_close, ...rules } = rest;
	return { ok: true, settings: { ...rules, opensAt, closesAt, review: { right_after, while_open, after_close } } };
}

/** "Chấm lại" of one question, with the reason. */
export const RegradeInput = v.object({
	questionId: id,
	reason: v.pipe(text(500), v.minLength(1, 'form.required'))
});

import * as v from 'valibot';
import { tidy } from '../text/fold.ts';
import { LESSON_KINDS } from './lesson-kind.ts';

const id = v.pipe(v.string('form.required'), v.uuid('form.choice'));
const line = (max: number) =>
	v.pipe(
		v.string('form.required'),
		v.transform(tidy),
		v.minLength(1, 'form.required'),
		v.maxLength(max, 'form.too_long')
	);
const text = (max: number) => v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(max, 'form.too_long'));
const isTicked = v.pipe(
	v.optional(v.string()),
	v.transform((value) => value !== undefined)
);
const lockVersion = v.pipe(v.string('form.stale'), v.regex(/^\d{1,9}$/, 'form.stale'), v.transform(Number));

/** A number as officials type it: `8`, `1,5`, `1.5`. */
const decimal = (least: number, most: number) =>
	v.pipe(
		v.string('form.required'),
		v.minLength(1, 'form.required'),
		v.transform((typed) => Number(typed.replace(',', '.'))),
		v.number('form.number'),
		v.minValue(least, 'form.too_small'),
		v.maxValue(most, 'form.too_large')
	);
const whole = (least: number, most: number) => v.pipe(decimal(least, most), v.integer('form.whole_number'));

const facts = {
	title: line(250),
	summary: text(2000),
	/** Số tiết; halves are usual. */
	teachingPeriods: decimal(0.5, 500),
	audience: v.optional(v.array(v.pipe(v.string(), v.maxLength(60))), []),
	coverageThreshold: whole(1, 100),
	isSequential: isTicked
};

/** "Thêm khóa học". */
export const NewCourseInput = v.object({
	unitId: id,
	code: v.pipe(line(40), v.toUpperCase(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'form.invalid')),
	...facts
});
export type NewCourseInput = v.InferOutput<typeof NewCourseInput>;

/** Facts of an open version. */
export const CourseInput = v.object({ lockVersion, ...facts });
export type CourseInput = v.InferOutput<typeof CourseInput>;

export const TitleInput = v.object({ title: line(250) });
export const ModuleTitleInput = v.object({ moduleId: id, title: line(250) });
export const ModuleInput = v.object({ moduleId: id });
export const MoveInput = v.object({ id, direction: v.picklist(['up', 'down'], 'form.choice') });

/** Kinds of lessons that can be made by hand now. */
export const NewLessonInput = v.object({
	moduleId: id,
	title: line(250),
	kind: v.picklist(LESSON_KINDS, 'form.choice')
});
export type NewLessonInput = v.InferOutput<typeof NewLessonInput>;

const address = v.pipe(v.string(), v.trim(), v.url('form.url'), v.regex(/^https?:\/\//i, 'form.url'));

export const LessonInput = v.object({
	lockVersion,
	title: line(250),
	isRequired: isTicked,
	preventsSkipping: isTicked,
	minutes: v.union(
		[
			v.pipe(
				v.literal(''),
				v.transform(() => null)
			),
			whole(1, 999)
		],
		'form.whole_number'
	),
	url: v.optional(
		v.union(
			[
				v.pipe(
					v.literal(''),
					v.transform(() => null)
				),
				address
			],
			'form.url'
		),
		''
	),
	body: v.pipe(v.optional(v.string(), ''), v.maxLength(200_000, 'form.too_long'))
});
export type LessonInput = v.InferOutput<typeof LessonInput>;

/** The whole order of a version, as dragging left it: JSON of `[{ id, lessons: [id] }]`. */
export const OrderInput = v.object({
	order: v.pipe(
		v.string('form.required'),
		v.maxLength(100_000),
		v.parseJson(undefined, 'form.invalid'),
		v.array(v.object({ id, lessons: v.array(id) }))
	)
});
export type CourseOrder = v.InferOutput<typeof OrderInput>['order'];

/** "Trả lại" needs a reason. */
export const ReturnInput = v.object({ note: line(2000) });

/** A file chosen in a plain form; an empty choice arrives as a file of no bytes and no name. */
export const FileInput = v.object({
	file: v.pipe(
		v.instance(File, 'form.file_required'),
		v.check((file) => file.name !== '' || file.size > 0, 'form.file_required')
	)
});

export const DocumentInput = v.object({ documentId: id });

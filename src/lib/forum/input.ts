import * as v from 'valibot';

const Text = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));
const Uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));
const Reason = v.pipe(Text(500), v.minLength(3, 'form.too_short'));

/** Board for what belongs to no legal field. */
export const GENERAL_BOARD = 'general';

/** A question about a lesson. */
export const QuestionInput = v.object({ title: Text(200), body: Text(5000) });
export type QuestionInput = v.InferOutput<typeof QuestionInput>;

/** A topic of the forum; `board` is the code of a legal field or {@link GENERAL_BOARD}. */
export const TopicInput = v.object({ title: Text(200), body: Text(5000), board: Text(60) });
export type TopicInput = v.InferOutput<typeof TopicInput>;

export const PostInput = v.object({ body: Text(5000) });
export const AcceptInput = v.object({ postId: Uuid });

/** The post, or without one the thread itself, that is reported or hidden, and why. */
export const AboutInput = v.object({ postId: v.optional(v.union([v.literal(''), Uuid]), ''), reason: Reason });
export type AboutInput = v.InferOutput<typeof AboutInput>;

export const ModelInput = v.object({
	isModel: v.pipe(
		v.picklist(['yes', 'no'], 'form.choice'),
		v.transform((value) => value === 'yes')
	)
});
export const SettleInput = v.object({ reportId: Uuid });

import type { Difficulty } from './question.ts';

/**
 * What a paper (đề) is, as plain data: what is asked and by which rules it is sat. It knows nothing of where it is embedded:
 * a lesson, a video or a contest keeps the id of a sitting, never the other way round.
 */

/** One entry of a paper, in order: a question, n questions drawn for each attempt, or the heading of a section. */
export type PaperPart =
	| Readonly<{ kind: 'fixed'; questionId: string; marks: number }>
	| Readonly<{
			kind: 'random';
			topicId: string;
			/** Null draws from every difficulty. */
			difficulty: Difficulty | null;
			count: number;
			/** Of each question drawn. */
			marks: number;
	  }>
	| Readonly<{ kind: 'section'; title: string }>;
export type PaperContent = readonly PaperPart[];

/** How questions are laid out: one a page, or all on one. */
export const PAPER_LAYOUTS = ['one', 'all'] as const;
/** Which of several attempts is the grade. */
export const GRADES_OF = ['highest', 'last', 'average', 'first'] as const;
export type GradeOf = (typeof GRADES_OF)[number];

/**
 * When a finished attempt is looked at: within fifteen minutes, later, and when the paper is over for the
 * person, which is after its closing, or without one when no attempt is left.
 */
export const REVIEW_MOMENTS = ['right_after', 'while_open', 'after_close'] as const;
export type ReviewMoment = (typeof REVIEW_MOMENTS)[number];
/** What may be seen then: the own answer, the marks of each question, the key, the explanation. */
export const REVIEW_PARTS = ['answer', 'marks', 'key', 'explanation'] as const;
export type ReviewPart = (typeof REVIEW_PARTS)[number];
type ReviewRules = Readonly<Record<ReviewMoment, readonly ReviewPart[]>>;

/** Rules of a paper. Instants are ISO texts; null stands for "no limit". */
export type PaperSettings = Readonly<{
	layout: (typeof PAPER_LAYOUTS)[number];
	/** One question after the other, without a way back; only with one a page. */
	isSequential: boolean;
	shufflesQuestions: boolean;
	shufflesOptions: boolean;
	opensAt: string | null;
	closesAt: string | null;
	timeLimitMin: number | null;
	attemptLimit: number | null;
	/** Minutes between the end of one attempt and the start of the next; 0 for none. */
	delayMin: number;
	/** Percent of the marks. */
	passPercent: number;
	gradeOf: GradeOf;
	review: ReviewRules;
	/** Said by the examiner in the room; empty for none. */
	password: string;
	/** Keeps each change of an answer, and lets examiners compare wrong answers within a unit. Learners are told. */
	keepsSteps: boolean;
}>;

/** Rules of a new paper: domain rule of the sample courses, 70% and two attempts. */
export const DEFAULT_SETTINGS: PaperSettings = {
	layout: 'one',
	isSequential: false,
	shufflesQuestions: true,
	shufflesOptions: true,
	opensAt: null,
	closesAt: null,
	timeLimitMin: null,
	attemptLimit: 2,
	delayMin: 0,
	passPercent: 70,
	gradeOf: 'highest',
	review: {
		right_after: ['answer', 'marks'],
		while_open: ['answer', 'marks'],
		after_close: ['answer', 'marks', 'key', 'explanation']
	},
	password: '',
	keepsSteps: false
};

/** Questions in an attempt, a scenario counting as one, and the marks they bring together. */
export function paperSize(content: PaperContent): { questions: number; marks: number } {
	let [questions, total] = [0, 0];
	for (const part of content) {
		if (part.kind === 'section') continue;
		const count = part.kind === 'random' ? part.count : 1;
		questions += count;
		total += count * part.marks;
	}
	return { questions, marks: total };
}

import type { Answer } from './answer.ts';
import type { AttemptFile } from './attempt-file.ts';
import type { Delivered } from './deliver.ts';
import type { PaperSettings, ReviewPart } from './paper.ts';
import type { Revealed } from './reveal.ts';

/** One question of an attempt, as its person may see it now. */
export type AttemptItem = Readonly<{
	position: number;
	/** Index of the section's heading among `sections`, from 1; 0 before the first heading. */
	section: number;
	/** The situation that several questions share; empty for others. */
	situation: string;
	stem: string;
	item: Delivered;
	marks: number;
	answer: Answer | null;
	/** Files sent to this question, whether the answer names them or not. */
	files: readonly AttemptFile[];
	sequence: number;
	/** Only of a finished attempt, and only what the paper's review rules allow. */
	review: Readonly<{
		marksReached: number | null;
		revealed?: Revealed;
		explanation: string;
		feedback: readonly string[];
		/** Of whoever marked it by hand. */
		comment: string;
	}> | null;
}>;

type Facts = Readonly<{
	attemptId: string;
	title: string;
	number: number;
	sections: readonly string[];
	questionCount: number;
	items: readonly AttemptItem[];
}>;

/** An attempt being sat: everything needed to answer, nothing of any key. */
export type OpenAttempt = Facts &
	Readonly<{
		state: 'open';
		remainingS: number | null;
		layout: PaperSettings['layout'];
		/** The one position that can be answered, of a paper without a way back. */
		reached: number | null;
	}>;

/** An answer that its marker sent back, to be changed until a day (`yyyy-mm-dd`). */
export type ReturnedAnswer = Readonly<{
	position: number;
	situation: string;
	stem: string;
	comment: string;
	dueOn: string;
	item: Delivered;
	answer: Answer | null;
	files: readonly AttemptFile[];
}>;

/** An attempt that was handed in. `percent` is null while somebody has to mark it, or while marks are not shown. */
export type FinishedAttemptView = Facts &
	Readonly<{
		state: 'done';
		percent: number | null;
		isPassed: boolean | null;
		passPercent: number;
		waitsForMarker: boolean;
		submittedAt: Date;
		submittedBy: 'person' | 'clock' | 'examiner' | 'paper';
		shown: readonly ReviewPart[];
		returned: readonly ReturnedAnswer[];
	}>;

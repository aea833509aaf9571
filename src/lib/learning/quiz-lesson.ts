import type { PaperSettings } from '../assessment/paper.ts';

/** A quiz lesson before and between attempts. */
export type QuizLesson = Readonly<{
	rules: Pick<
		PaperSettings,
		'timeLimitMin' | 'attemptLimit' | 'delayMin' | 'passPercent' | 'gradeOf' | 'isSequential' | 'keepsSteps'
	> &
		Readonly<{ questions: number; marks: number; opensAt: Date | null; closesAt: Date | null; hasPassword: boolean }>;
	attempts: readonly Readonly<{
		id: string;
		number: number;
		startedAt: Date;
		submittedAt: Date | null;
		/** Null while open, to be marked, or not shown yet. */
		percent: number | null;
		waitsForMarker: boolean;
		/** Last day to hand in again what its marker sent back (`yyyy-mm-dd`); null where nothing is to be changed. */
		toChangeUntil: string | null;
	}>[];
	openAttemptId: string | null;
	attemptsLeft: number | null;
	refusal: Readonly<{ code: string; at: Date | null }> | null;
}>;

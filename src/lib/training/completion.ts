/** A lesson of a course as far as completion needs it. */
export type LessonState = Readonly<{ isRequired: boolean; isComplete: boolean }>;

/**
 * "Đã hoàn thành" of an online course: every required lesson is complete. A course without required lessons is complete
 * with all its lessons, and one without lessons never is.
 */
export function isCourseComplete(lessons: readonly LessonState[]): boolean {
	const counted = countedLessons(lessons);
	return counted.length > 0 && counted.every((lesson) => lesson.isComplete);
}

/** Whole percent of the counted lessons that are complete, rounded down: 100 only when the course is complete. */
export function coursePercent(lessons: readonly LessonState[]): number {
	const counted = countedLessons(lessons);
	if (counted.length === 0) return 0;
	return Math.floor((counted.filter((lesson) => lesson.isComplete).length * 100) / counted.length);
}

/**
 * "Đã hoàn thành" in a hall or a live session: present for at least `percent` of the scheduled time (domain rule 4:
 * 80% unless the province sets another share). Same unit on both sides: minutes or tiết.
 */
export function isAttendanceComplete(attended: number, scheduled: number, percent: number): boolean {
	return scheduled > 0 && attended * 100 >= scheduled * percent;
}

function countedLessons(lessons: readonly LessonState[]): readonly LessonState[] {
	const required = lessons.filter((lesson) => lesson.isRequired);
	return required.length > 0 ? required : lessons;
}

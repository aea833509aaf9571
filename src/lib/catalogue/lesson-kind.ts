/** What a lesson can be. */
export const LESSON_KINDS = ['lecture', 'document', 'link', 'scorm', 'quiz'] as const;
export type LessonKind = (typeof LESSON_KINDS)[number];

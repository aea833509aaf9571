import type { PageLoad } from './$types';

/** What only quizzes or packages need comes only with them: lectures are opened on weak lines. */
export const load: PageLoad = async ({ data }) => ({
	...data,
	QuizIntro: data.quiz ? (await import('#lib/learning/QuizIntro.svelte')).default : undefined,
	ScormLesson: data.lesson.scorm ? (await import('#lib/learning/ScormLesson.svelte')).default : undefined
});

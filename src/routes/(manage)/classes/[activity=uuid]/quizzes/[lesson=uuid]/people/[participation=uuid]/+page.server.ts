import { getTimeline } from '#lib/server/learning/quiz-timeline.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { activity, lesson, participation } = params;
	const asked = Number(url.searchParams.get('attempt'));
	const place = { activityId: activity, lessonId: lesson, participationId: participation };
	return { timeline: await getTimeline(locals.ctx, place, Number.isInteger(asked) && asked > 0 ? asked : undefined) };
};

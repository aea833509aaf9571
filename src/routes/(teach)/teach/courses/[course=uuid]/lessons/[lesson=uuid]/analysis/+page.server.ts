import { getAnalysis } from '#lib/server/assessment/analysis.ts';
import { getLessonForAuthor } from '#lib/server/catalogue/editor.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { course, version, lesson } = await getLessonForAuthor(ctx, params.course, params.lesson);
	if (!lesson.paperId) throw new DomainError('not_found', 'assessment.no_such_paper');
	return {
		...{ code: course.code, courseTitle: version.title, lessonTitle: lesson.title },
		analysis: await getAnalysis(ctx, lesson.paperId)
	};
};

import { getLessonPreview } from '#lib/server/catalogue/editor.ts';
import { getSample } from '#lib/server/assessment/sample.ts';
import { toLinks } from '#lib/server/lectures/document-urls.ts';
import { getPlayable } from '#lib/server/lectures/media.ts';
import { framingHeaders } from '#lib/server/platform/security-headers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx, otherOrigins }, params, setHeaders }) => {
	const { modules, version, lesson } = await getLessonPreview(ctx, params.course, params.lesson);
	const { document, attachments, ...facts } = lesson;
	if (facts.kind === 'scorm' && otherOrigins?.content) setHeaders(framingHeaders(otherOrigins.content));
	return {
		modules,
		code: version.code,
		lesson: facts,
		playable: facts.lectureId ? await getPlayable(ctx, facts.lectureId) : undefined,
		sample: facts.paperId ? await getSample(ctx, facts.paperId) : undefined,
		document: document && toLinks(ctx.storage, document),
		attachments: attachments.map((row) => toLinks(ctx.storage, row))
	};
};

import { listOwnCertificates } from '#lib/server/certificates/own.ts';
import { getClassForLearner } from '#lib/server/learning/lesson.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const page = await getClassForLearner(locals.ctx, params.participation);
	const certificates = await listOwnCertificates(locals.ctx, params.participation);
	return { ...page, certificateId: certificates[0]?.id ?? null };
};

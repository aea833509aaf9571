import { listOwnCertificates } from '#lib/server/certificates/own.ts';
import { getLearningRecord } from '#lib/server/learning/record.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const [record, certificates] = await Promise.all([getLearningRecord(locals.ctx), listOwnCertificates(locals.ctx)]);
	return { ...record, certificates };
};

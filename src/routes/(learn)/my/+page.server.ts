import { listOwnCertificates } from '#lib/server/certificates/own.ts';
import { getLearningRecord } from '#lib/server/learning/record.ts';
import { owesOwnReport } from '#lib/server/reporting/self-reports/own.ts';
import { countOwnOffers } from '#lib/server/training/history/claim.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const [record, certificates, offerCount, owesReport] = await Promise.all([
		getLearningRecord(locals.ctx),
		listOwnCertificates(locals.ctx),
		countOwnOffers(locals.ctx),
		owesOwnReport(locals.ctx)
	]);
	return { ...record, certificates, offerCount, owesReport };
};

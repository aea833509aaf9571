import { getTranscriptOf } from '#lib/server/learning/transcript.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	transcript: await getTranscriptOf(locals.ctx, params.person)
});

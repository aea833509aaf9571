import { getOwnTranscript } from '#lib/server/learning/transcript.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ transcript: await getOwnTranscript(locals.ctx) });

import { answerApi } from '#lib/server/sharing/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, request, url }) =>
	answerApi(locals.ctx, params.dataset, request, url);

import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { WatchedPack } from '#lib/learning/offline-pack.ts';
import { creditWatchedPack } from '#lib/server/learning/offline-pack.ts';
import { readJsonBody } from '#lib/server/platform/forms.ts';
import type { RequestHandler } from './$types';

/** Takes what was watched of this lesson without a network. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const watched = v.safeParse(WatchedPack, await readJsonBody(request));
	if (!watched.success) return json({ code: 'form.invalid' }, { status: 400 });
	const place = { participationId: params.participation, lessonId: params.lesson };
	return json(await creditWatchedPack(locals.ctx, place, watched.output));
};

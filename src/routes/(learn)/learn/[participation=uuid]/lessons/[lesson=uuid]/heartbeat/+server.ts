import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { Heartbeat } from '#lib/learning/heartbeat.ts';
import { recordHeartbeat } from '#lib/server/learning/playback.ts';
import { readJsonBody } from '#lib/server/platform/forms.ts';
import type { RequestHandler } from './$types';

/** Takes the ranges played since the last beat. */
export const POST: RequestHandler = async ({ locals, request }) => {
	const beat = v.safeParse(Heartbeat, await readJsonBody(request));
	if (!beat.success) return json({ code: 'form.invalid' }, { status: 400 });
	return json(await recordHeartbeat(locals.ctx, beat.output));
};

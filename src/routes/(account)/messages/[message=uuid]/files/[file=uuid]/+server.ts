import { redirect } from '@sveltejs/kit';
import { receivedFileUrl } from '#lib/server/notifications/read-announcement.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	redirect(303, await receivedFileUrl(locals.ctx, params.message, params.file));

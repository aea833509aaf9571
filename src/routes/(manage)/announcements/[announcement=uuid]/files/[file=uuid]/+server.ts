import { redirect } from '@sveltejs/kit';
import { sentFileUrl } from '#lib/server/notifications/announcement-lists.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	redirect(303, await sentFileUrl(locals.ctx, params.announcement, params.file));

import { json } from '@sveltejs/kit';
import { getPackageStatus } from '#lib/server/scorm/status.ts';
import type { RequestHandler } from './$types';

/** How the newest file of a package stands; asked every two seconds by the trainer's page. */
export const GET: RequestHandler = async ({ locals, params }) =>
	json(await getPackageStatus(locals.ctx, params.package), { headers: { 'cache-control': 'private, no-store' } });

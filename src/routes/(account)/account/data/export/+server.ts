import { exportOwnData } from '#lib/server/privacy/own-data.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) =>
	new Response(JSON.stringify(await exportOwnData(locals.ctx), null, '\t'), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="du-lieu-ca-nhan.json"'
		}
	});

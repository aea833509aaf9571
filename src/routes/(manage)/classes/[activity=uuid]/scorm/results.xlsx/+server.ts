import { scormSheet } from '#lib/server/learning/scorm-sheet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	new Response(new Uint8Array(await scormSheet(locals.ctx, params.activity)), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': 'attachment; filename="ket-qua-scorm.xlsx"'
		}
	});

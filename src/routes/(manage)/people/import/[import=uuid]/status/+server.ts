import { json } from '@sveltejs/kit';
import { getRosterImport } from '#lib/server/organisation/roster-imports.ts';
import type { RequestHandler } from './$types';

/** How far an import is; its page asks every second. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { state, totalRows, doneRows } = await getRosterImport(locals.ctx, params.import);
	return json({ state, totalRows, doneRows });
};

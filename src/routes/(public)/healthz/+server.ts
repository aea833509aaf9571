import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Alive: this process answers. Asks nothing of the database, so that a broken one does not get processes restarted. */
export const GET: RequestHandler = () => text('ok\n', { headers: { 'cache-control': 'no-store' } });

import { fail } from '@sveltejs/kit';
import { listDeliveries, retryDeliveries, sendTest } from '#lib/server/notifications/delivery-log.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const STATES = ['waiting', 'sent', 'failed', 'dropped'] as const;
const CHANNELS = ['mail', 'phone'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
	const state = STATES.find((name) => name === url.searchParams.get('state'));
	const channel = CHANNELS.find((name) => name === url.searchParams.get('channel'));
	const list = await listDeliveries(locals.ctx, { state, channel, page });
	return { ...list, page, filter: { state: state ?? '', channel: channel ?? '' } };
};

export const actions: Actions = {
	retry: async ({ locals }) => ({ retried: await retryDeliveries(locals.ctx) }),
	test: async ({ locals }) => {
		try {
			await sendTest(locals.ctx);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isTested: true };
	}
};

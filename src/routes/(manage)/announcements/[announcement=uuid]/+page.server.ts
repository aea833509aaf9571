import { fail } from '@sveltejs/kit';
import { WithdrawInput } from '#lib/notifications/announcement-input.ts';
import { getAnnouncement, type ReceiptFilter } from '#lib/server/notifications/announcement-lists.ts';
import { remindReaders, withdrawAnnouncement } from '#lib/server/notifications/announcements.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const FILTERS: readonly ReceiptFilter[] = ['all', 'unread', 'unconfirmed'];

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const show = FILTERS.find((name) => name === url.searchParams.get('show')) ?? 'all';
	const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
	const found = await getAnnouncement(locals.ctx, params.announcement, { show, page });
	return { ...found, show, page, isSent: url.searchParams.has('sent') };
};

export const actions: Actions = {
	remind: async ({ locals, params }) => {
		try {
			return { reminded: await remindReaders(locals.ctx, params.announcement) };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	withdraw: async ({ locals, params, request }) => {
		const form = await readForm(request, WithdrawInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await withdrawAnnouncement(locals.ctx, params.announcement, form.data.reason);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isWithdrawn: true };
	}
};

import { fail, redirect } from '@sveltejs/kit';
import { AnnouncementInput, AudienceInput } from '#lib/notifications/announcement-input.ts';
import { countRecipients, getComposeChoices, sendAnnouncement } from '#lib/server/notifications/announcements.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getComposeChoices(locals.ctx);

/** What was typed and ticked, to be shown again. */
function kept(posted: FormData) {
	const texts = [...posted].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
	return {
		values: Object.fromEntries(texts.filter(([name]) => !name.endsWith('[]'))),
		chosen: texts.filter(([name]) => name.endsWith('[]')).map(([, value]) => value)
	};
}

export const actions: Actions = {
	count: async ({ locals, request }) => {
		const posted = await request.formData();
		const form = parseForm(posted, AudienceInput);
		if (!form.ok) return fail(400, { ...kept(posted), issues: form.issues });
		return { ...kept(posted), recipients: await countRecipients(locals.ctx, form.data) };
	},
	send: async ({ locals, request }) => {
		const posted = await request.formData();
		const form = parseForm(posted, AnnouncementInput);
		if (!form.ok) return fail(400, { ...kept(posted), issues: form.issues });
		let announcementId: string;
		try {
			({ announcementId } = await sendAnnouncement(locals.ctx, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...kept(posted), ...refused });
		}
		redirect(303, `/announcements/${announcementId}?sent=1`);
	}
};

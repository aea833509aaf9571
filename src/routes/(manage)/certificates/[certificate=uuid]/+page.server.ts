import { fail, redirect } from '@sveltejs/kit';
import { RevokeInput, SignedFileInput } from '#lib/certificates/input.ts';
import { getCertificate } from '#lib/server/certificates/book.ts';
import { reissueCertificate, revokeCertificate } from '#lib/server/certificates/revoke.ts';
import { addSignedPdf } from '#lib/server/certificates/sign.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getCertificate(locals.ctx, params.certificate);

export const actions: Actions = {
	revoke: async ({ locals, params, request }) => {
		const form = await readForm(request, RevokeInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await revokeCertificate(locals.ctx, params.certificate, form.data.reason);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { did: 'revoke' as const };
	},
	reissue: async ({ locals, params, request }) => {
		const form = await readForm(request, RevokeInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		let certificateId: string;
		try {
			({ certificateId } = await reissueCertificate(locals.ctx, params.certificate, form.data.reason));
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/certificates/${certificateId}`);
	},
	sign: async ({ locals, params, request }) => {
		const form = await readForm(request, SignedFileInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await addSignedPdf(locals.ctx, params.certificate, form.data.file);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { did: 'sign' as const };
	}
};

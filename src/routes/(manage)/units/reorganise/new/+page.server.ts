import { error, fail, redirect } from '@sveltejs/kit';
import { kindOf, readReorganisation, type ReorganisationInput } from '#lib/organisation/reorganisation-input.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { getReorganisationChoices } from '#lib/server/organisation/reorganisation/choices.ts';
import { today } from '#lib/server/platform/context.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import { previewReorganisation, reorganise } from '#lib/server/training/reorganisation/service.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** `units=<id>,<id>` in the address are the units chosen so far, so that choosing works with links alone. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const kind = kindOf(url.searchParams.get('kind'));
	if (!kind) {
		authorise(locals.ctx.actor, 'unit:manage');
		redirect(307, '/units/reorganise');
	}
	const unitIds = (url.searchParams.get('units') ?? '').split(',').filter((id) => /^[0-9a-f-]{36}$/.test(id));
	const text = url.searchParams.get('q')?.trim() ?? '';
	return { kind, text, ...(await getReorganisationChoices(locals.ctx, { kind, unitIds, text })) };
};

/** What was typed, and either what is wrong with it or what the use case says to it. */
async function answer<T>(
	{ locals, request, url }: RequestEvent,
	work: (ctx: typeof locals.ctx, input: ReorganisationInput, previewed: string) => Promise<T>
) {
	const kind = kindOf(url.searchParams.get('kind'));
	if (!kind) error(404);
	const posted = await request.formData();
	const form = readReorganisation(posted, kind);
	const values = Object.fromEntries(
		[...posted].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))
	);
	if (!form.ok) return fail(400, { issues: form.issues, values });
	try {
		return {
			values,
			input: form.data,
			result: await work(locals.ctx, form.data, String(posted.get('previewed') ?? ''))
		};
	} catch (thrown) {
		const [status, said] = refusal(thrown);
		return fail(status, { ...said, values });
	}
}

export const actions: Actions = {
	preview: async (event) => {
		const said = await answer(event, previewReorganisation);
		if (!('result' in said)) return said;
		const { values, input, result } = said;
		return { values, preview: result, isPlan: input.effectiveOn > today(event.locals.ctx) };
	},
	apply: async (event) => {
		const said = await answer(event, reorganise);
		if (!('result' in said)) return said;
		const isPlan = said.input.effectiveOn > today(event.locals.ctx);
		redirect(303, `/units/reorganise?saved=${isPlan ? 'plan' : 'done'}`);
	}
};

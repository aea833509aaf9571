import { fail, redirect } from '@sveltejs/kit';
import { MERGED_FIELDS, MergeInput, PairInput } from '#lib/organisation/merging.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { comparePeople, getMergeSubject } from '#lib/server/organisation/merging/compare.ts';
import { markDistinct } from '#lib/server/organisation/merging/pairs.ts';
import { searchPeople } from '#lib/server/organisation/queries.ts';
import { today } from '#lib/server/platform/context.ts';
import { parseForm, readForm, refusal } from '#lib/server/platform/forms.ts';
import { mergePeople } from '#lib/server/training/merging/service.ts';
import type { Actions, PageServerLoad } from './$types';

/** `a` and `b` are two people; without `b` the page looks for one. `keep` is the one to stay, where somebody chose. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const [a, b, keep] = ['a', 'b', 'keep'].map((name) => url.searchParams.get(name) ?? '');
	if (!isId(a)) {
		authorise(locals.ctx.actor, 'roster:manage');
		redirect(307, '/people/duplicates');
	}
	if (!isId(b)) {
		const text = url.searchParams.get('q')?.trim() ?? '';
		const scope = authorise(locals.ctx.actor, 'roster:manage');
		const found = text ? await searchPeople(locals.ctx.db, scope, text, { day: today(locals.ctx) }) : [];
		return {
			subject: await getMergeSubject(locals.ctx, a),
			text,
			found: found.filter(({ personId }) => personId !== a)
		};
	}
	const { one, other, numbersDiffer } = await comparePeople(locals.ctx, [a, b]);
	const isSwapped = keep === other.person.id;
	return { sides: isSwapped ? { one: other, other: one } : { one, other }, numbersDiffer };
};

const isId = (text: string | undefined): text is string =>
	/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '');

export const actions: Actions = {
	merge: async ({ locals, request }) => {
		const posted = await request.formData();
		for (const field of MERGED_FIELDS) if (posted.get(`take-${field}`) === 'merged') posted.append('takes[]', field);
		const form = parseForm(posted, MergeInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await mergePeople(locals.ctx, form.data);
		} catch (thrown) {
			return fail(...refusal(thrown));
		}
		redirect(303, '/people/duplicates?done=merged');
	},
	distinct: async ({ locals, request }) => {
		const form = await readForm(request, PairInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await markDistinct(locals.ctx, form.data);
		} catch (thrown) {
			return fail(...refusal(thrown));
		}
		redirect(303, '/people/duplicates?done=distinct');
	}
};

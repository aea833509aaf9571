import { fail, redirect } from '@sveltejs/kit';
import type * as v from 'valibot';
import { CloseUnitInput, MoveUnitInput, RenameUnitInput } from '#lib/organisation/input.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { getUnit } from '#lib/server/organisation/queries.ts';
import { listUnitChoices } from '#lib/server/organisation/unit-pages.ts';
import { closeUnit, moveUnit, renameUnit } from '#lib/server/organisation/units.ts';
import { type Context, today } from '#lib/server/platform/context.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	unit: await getUnit(locals.ctx.db, authorise(locals.ctx.actor, 'unit:manage'), params.unit),
	units: (await listUnitChoices(locals.ctx, 'unit:manage')).filter(({ value }) => value !== params.unit),
	day: today(locals.ctx)
});

/** The three forms of the page answer alike; `which` says where to show the answer. */
async function answer<S extends v.GenericSchema>(
	request: Request,
	which: 'rename' | 'move' | 'close',
	schema: S,
	change: (input: v.InferOutput<S>) => Promise<void>
) {
	const posted = await request.formData();
	const values: Record<string, string> = {};
	for (const [key, value] of posted) if (typeof value === 'string') values[key] = value;
	const form = parseForm(posted, schema);
	if (!form.ok) return fail(400, { which, issues: form.issues, values });
	try {
		await change(form.data);
	} catch (error) {
		const [status, said] = refusal(error);
		return fail(status, { which, ...said, values });
	}
	redirect(303, `/units/${values.unitId}`);
}

const use =
	<T>(ctx: Context, useCase: (ctx: Context, input: T) => Promise<void>) =>
	(input: T) =>
		useCase(ctx, input);

export const actions: Actions = {
	rename: ({ locals, request }) => answer(request, 'rename', RenameUnitInput, use(locals.ctx, renameUnit)),
	move: ({ locals, request }) => answer(request, 'move', MoveUnitInput, use(locals.ctx, moveUnit)),
	close: ({ locals, request }) => answer(request, 'close', CloseUnitInput, use(locals.ctx, closeUnit))
};

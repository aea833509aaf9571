import { fail } from '@sveltejs/kit';
import { CheckInInput, CheckInSelfInput, FindNameInput, WalkInInput } from '#lib/training/attendance-input.ts';
import { checkIn, findNames, readCode } from '#lib/server/training/attendance/check-in.ts';
import { checkInSelf, noteWalkIn, readOwnPlace } from '#lib/server/training/attendance/check-in-others.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import { parseForm, readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx } = locals;
	const displayName = ctx.actor.kind === 'account' ? ctx.actor.displayName : undefined;
	try {
		const sitting = await readCode(ctx, params.code);
		return { sitting, displayName, own: await readOwnPlace(ctx, sitting.ticket) };
	} catch (error) {
		// The code of the address is soon an old one; a page opened with it in time goes on with its ticket.
		if (isDomainError(error)) return { sitting: undefined, displayName, own: undefined };
		throw error;
	}
};

export const actions: Actions = {
	find: async ({ locals, request }) => {
		const body = await request.formData();
		const form = parseForm(body, FindNameInput);
		const ticket = String(body.get('ticket') ?? '');
		if (!form.ok) return fail(400, { ticket, issues: form.issues, name: form.values.name });
		try {
			return { ticket, name: form.data.name, found: await findNames(locals.ctx, ticket, form.data.name) };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ticket, ...refused });
		}
	},
	check: async ({ locals, request }) => {
		const body = await request.formData();
		const form = parseForm(body, CheckInInput);
		const [ticket, name] = [String(body.get('ticket') ?? ''), String(body.get('name') ?? '')];
		const chosen = String(body.get('participationId') ?? '');
		try {
			if (form.ok) return { done: await checkIn(locals.ctx, form.data) };
			return fail(400, { ticket, name, chosen, issues: form.issues, found: await findNames(locals.ctx, ticket, name) });
		} catch (error) {
			const [status, refused] = refusal(error);
			const found = await findNames(locals.ctx, ticket, name).catch(() => []);
			return fail(status, { ticket, name, chosen, found, ...refused });
		}
	},
	self: async ({ locals, request }) => {
		const form = await readForm(request, CheckInSelfInput);
		if (!form.ok) return fail(400, { code: 'training.ticket_expired' });
		try {
			return { done: await checkInSelf(locals.ctx, form.data.ticket) };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ticket: form.data.ticket, ...refused });
		}
	},
	walkIn: async ({ locals, request }) => {
		const body = await request.formData();
		const form = parseForm(body, WalkInInput);
		const again = { ticket: String(body.get('ticket') ?? ''), isWalkIn: true, values: valuesOf(body) };
		if (!form.ok) return fail(400, { ...again, issues: form.issues });
		try {
			await noteWalkIn(locals.ctx, form.data);
			return { isNoted: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...again, ...refused });
		}
	}
};

function valuesOf(body: FormData): Record<string, string> {
	const names = ['fullName', 'birthYear', 'phone', 'unitName'];
	return Object.fromEntries(names.map((name) => [name, String(body.get(name) ?? '')]));
}

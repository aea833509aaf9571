import { redirect } from '@sveltejs/kit';
import { getLearnerHome } from '#lib/server/learning/home.ts';
import { can } from '#lib/server/identity/permissions.ts';
import { needsSetup } from '#lib/server/organisation/unit-list.ts';
import type { PageServerLoad } from './$types';

/** One first page for everybody: what to learn next, then what one's role is used for most. */
export const load: PageServerLoad = async ({ locals }) => {
	const { actor } = locals.ctx;
	if (actor.kind !== 'account') redirect(303, '/sign-in');
	return {
		twoStep: locals.twoStep,
		needsSetup: await needsSetup(locals.ctx),
		learner: actor.personId ? await getLearnerHome(locals.ctx) : null,
		tasks: {
			record: can(actor, 'training:manage'),
			open: can(actor, 'training:manage'),
			roster: can(actor, 'roster:manage'),
			slips: can(actor, 'account:manage'),
			teach: can(actor, 'course:author'),
			review: can(actor, 'course:approve'),
			targets: can(actor, 'indicators:read'),
			audit: can(actor, 'audit:read')
		}
	};
};

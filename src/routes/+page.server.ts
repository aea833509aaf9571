import { redirect } from '@sveltejs/kit';
import { getLearnerHome } from '#lib/server/learning/home.ts';
import { log } from '#lib/server/platform/log.ts';
import { recordOf } from '#lib/server/platform/failure.ts';
import { getBothTargets } from '#lib/server/indicators/service.ts';
import { can } from '#lib/server/identity/permissions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { needsSetup } from '#lib/server/organisation/setup.ts';
import type { PageServerLoad } from './$types';

/** One first page for everybody: what to learn next, then what one's role is used for most. */
export const load: PageServerLoad = async ({ locals }) => {
	const { actor } = locals.ctx;
	if (actor.kind !== 'account') redirect(303, '/sign-in');
	const answersForTargets =
		can(actor, 'indicators:read') && (can(actor, 'targets:manage') || !can(actor, 'training:manage'));
	return {
		/** Streamed: the page does not wait for figures over a whole province. */
		targets: answersForTargets ? bothTargets(locals.ctx) : undefined,
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

async function bothTargets(ctx: Context) {
	try {
		const { selection, trained, online } = await getBothTargets(ctx);
		const { unit, rule, window } = selection;
		return {
			...{ unitName: unit.name, isProvince: unit.isProvince, until: window.to },
			smallest: rule.smallUnitActivities,
			trained,
			online
		};
	} catch (error) {
		// Nobody would catch it: the page has been sent.
		log.error({ error: recordOf(error) }, 'figures of the first page failed');
		return undefined;
	}
}

import { menuOf } from '#lib/server/identity/menu.ts';
import { getSite } from '#lib/server/indicators/site.ts';
import type { LayoutServerLoad } from './$types';

/** What the frame around every page shows. Nothing here depends on the URL, so moving between pages does not ask again. */
export const load: LayoutServerLoad = async ({ locals }) => {
	const { ctx, locale, textSize } = locals;
	const { actor } = ctx;
	return {
		locale,
		textSize,
		isDemo: ctx.config.isDemo,
		site: await getSite(ctx.db),
		account: actor.kind === 'account' ? { displayName: actor.displayName, menu: menuOf(actor) } : null
	};
};

import { menuOf } from '#lib/server/identity/menu.ts';
import { getSite } from '#lib/server/indicators/site.ts';
import { countUnread } from '#lib/server/notifications/inbox.ts';
import type { LayoutServerLoad } from './$types';

/**
 * What the frame around every page shows. Nothing here depends on the URL, so moving between pages does not ask again;
 * `+layout.svelte` invalidates `app:unread` now and then.
 */
export const load: LayoutServerLoad = async ({ locals, depends }) => {
	depends('app:unread');
	const { ctx, locale, textSize } = locals;
	const { actor } = ctx;
	const [site, unread] = await Promise.all([getSite(ctx.db), countUnread(ctx)]);
	return {
		locale,
		textSize,
		isDemo: ctx.config.isDemo,
		site,
		unread,
		viewing: locals.viewing ? { until: locals.viewing.until } : null,
		account: actor.kind === 'account' ? { displayName: actor.displayName, menu: menuOf(actor) } : null
	};
};

import { listPublicRapporteurs } from '#lib/server/indicators/rapporteurs.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name)?.trim().slice(0, 100) || undefined;
	const page = Math.max(1, Number(/^\d{1,4}$/.exec(asked('page') ?? '')?.[0] ?? 1));
	const filter = { text: asked('q'), field: asked('field'), page };
	return { filter, ...(await listPublicRapporteurs(locals.ctx, filter)) };
};

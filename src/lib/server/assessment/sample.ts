import { inArray } from 'drizzle-orm';
import type { AttemptItem } from '#lib/assessment/attempt-view.ts';
import { layOut, pickQuestions } from '#lib/assessment/draw.ts';
import { reveal } from '#lib/assessment/reveal.ts';
import { can } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { listDrawable } from './drawable.ts';
import { withAddresses } from './media.ts';
import { getPaper } from './papers.ts';
import { richTextsOf } from './safe-question.ts';
import { showItem } from './show-item.ts';
import { randomShare } from './sittings.ts';
import { questionVersions } from './tables.ts';

/**
 * A paper as one attempt might draw it, with the key, for those who write or approve it; nothing is kept. The caller has
 * authorised for what shows the paper.
 * @throws {DomainError} `forbidden` for anybody else
 */
export async function getSample(ctx: Context, paperId: string): Promise<AttemptItem[]> {
	if (!can(ctx.actor, 'question:read')) throw new DomainError('forbidden', 'identity.not_permitted');
	const { unitId, content, settings } = await getPaper(ctx.db, paperId);
	const drawable = await listDrawable(ctx.db, unitId, content);
	const { picked } = pickQuestions(content, drawable, new Set(), randomShare);
	if (picked.length === 0) return [];
	const rows = await ctx.db
		.select()
		.from(questionVersions)
		.where(
			inArray(
				questionVersions.id,
				picked.map(({ versionId }) => versionId)
			)
		);
	const versions = new Map(rows.map((row) => [row.id, row]));
	const bodies = new Map(rows.map(({ id, body }) => [id, body]));
	const addressed = await withAddresses(ctx, rows.flatMap(richTextsOf));
	return layOut(picked, bodies, settings, randomShare).map((item) => {
		const { asked, body, explanation } = showItem(item, versions.get(item.versionId)!, addressed);
		const review = { marksReached: null, revealed: reveal(body), explanation, feedback: [], comment: '' };
		return { ...asked, answer: null, files: [], sequence: 0, review };
	});
}

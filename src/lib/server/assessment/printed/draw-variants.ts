import { inArray } from 'drizzle-orm';
import { pickQuestions } from '#lib/assessment/draw.ts';
import { layOutVariants, type PaperVariant } from '#lib/assessment/paper-variant.ts';
import type { PrintInput } from '#lib/assessment/printed-input.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { listDrawable } from '../drawable.ts';
import { showItem } from '../show-item.ts';
import { randomShare, type PaperRow } from '../sittings.ts';
import { bodiesOf } from '../start-attempt.ts';
import { questionVersions } from '../tables.ts';
import type { Pictures } from '../pictures.ts';
import { hasUnprintable } from './ask.ts';
import type { Version } from './compose.ts';

/**
 * Draws the questions of a paper once and lays them out in variants. The caller has authorised.
 * @throws {DomainError} `conflict` `assessment.too_few_questions`, `assessment.variants_alike`
 */
export async function drawVariants(tx: Database, paper: PaperRow, how: PrintInput): Promise<PaperVariant[]> {
	const drawable = await listDrawable(tx, paper.unitId, paper.content);
	const { picked, shortages } = pickQuestions(paper.content, drawable, new Set(), randomShare);
	if (shortages.length > 0 || picked.length === 0) throw new DomainError('conflict', 'assessment.too_few_questions');
	const bodies = await bodiesOf(
		tx,
		picked.map(({ versionId }) => versionId)
	);
	const variants = layOutVariants(picked, bodies, how, randomShare);
	if (!variants) throw new DomainError('conflict', 'assessment.variants_alike');
	return variants;
}

/** The questions of a variant as they were written when it was laid out. Says nothing about rights. */
export async function versionsOf(db: Database, variants: readonly PaperVariant[]): Promise<Map<string, Version>> {
	const ids = [...new Set(variants.flatMap(({ items }) => items.map(({ versionId }) => versionId)))];
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({
			id: questionVersions.id,
			stem: questionVersions.stem,
			body: questionVersions.body,
			explanation: questionVersions.explanation
		})
		.from(questionVersions)
		.where(inArray(questionVersions.id, ids));
	return new Map(rows.map((row) => [row.id, row]));
}

/** Numbers of a variant's questions that show what paper cannot carry. */
export function unprintable(
	variant: PaperVariant,
	versions: ReadonlyMap<string, Version>,
	pictures: Pick<Pictures, 'has'>
): number[] {
	return variant.items.flatMap((item) => (hasUnprintable(textOn(item, versions), pictures) ? [item.position] : []));
}

/** What the questions of variants show on paper, as one text each; for finding their pictures. */
export const textsOn = (variants: readonly PaperVariant[], versions: ReadonlyMap<string, Version>): string[] =>
	variants.flatMap(({ items }) => items.map((item) => textOn(item, versions)));

function textOn(item: PaperVariant['items'][number], versions: ReadonlyMap<string, Version>): string {
	const version = versions.get(item.versionId);
	if (!version) return '';
	const { asked } = showItem(item, version, (html) => html);
	return asked.situation + asked.stem + JSON.stringify(asked.item);
}

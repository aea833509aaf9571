import { asc, eq, inArray } from 'drizzle-orm';
import type { Citation } from '#lib/assessment/question.ts';
import { matchKey, tidy } from '#lib/text/fold.ts';
import type { Database } from '../platform/database.ts';
import { legalDocuments, questionCitations, questionTopics } from './tables.ts';

/** Writes on what a version rests, replacing what stood there. Documents not known yet are registered by their number. */
export async function writeCitations(tx: Database, versionId: string, citations: readonly Citation[]): Promise<void> {
	await tx.delete(questionCitations).where(eq(questionCitations.versionId, versionId));
	if (citations.length === 0) return;
	const ids = await documentIds(
		tx,
		citations.map(({ document }) => document)
	);
	await tx.insert(questionCitations).values(
		citations.map(({ document, article, validFrom, validTo }, i) => ({
			...{ versionId, position: i + 1, article, validFrom, validTo },
			documentId: ids.get(matchKey(document))!
		}))
	);
}

async function documentIds(tx: Database, numbers: readonly string[]): Promise<Map<string, string>> {
	const byKey = new Map(numbers.toReversed().map((number) => [matchKey(number), tidy(number)]));
	await tx
		.insert(legalDocuments)
		.values([...byKey].map(([numberKey, number]) => ({ numberKey, number })))
		.onConflictDoNothing();
	const rows = await tx
		.select({ id: legalDocuments.id, key: legalDocuments.numberKey })
		.from(legalDocuments)
		.where(inArray(legalDocuments.numberKey, [...byKey.keys()]));
	return new Map(rows.map(({ key, id }) => [key, id]));
}

/** What versions rest on, in order, by version. */
export async function listCitations(
	db: Database,
	versionIds: readonly string[]
): Promise<Map<string, (Citation & { documentId: string; title: string })[]>> {
	const found = new Map<string, (Citation & { documentId: string; title: string })[]>(versionIds.map((id) => [id, []]));
	if (versionIds.length === 0) return found;
	const rows = await db
		.select({ citation: questionCitations, number: legalDocuments.number, title: legalDocuments.title })
		.from(questionCitations)
		.innerJoin(legalDocuments, eq(legalDocuments.id, questionCitations.documentId))
		.where(inArray(questionCitations.versionId, [...versionIds]))
		.orderBy(asc(questionCitations.position));
	for (const { citation, number, title } of rows) {
		const { documentId, article, validFrom, validTo } = citation;
		found.get(citation.versionId)?.push({ documentId, document: number, title, article, validFrom, validTo });
	}
	return found;
}

/** The topic of this name; one that is not there yet is added. However it is typed, one topic stays one. */
export async function topicIdOf(tx: Database, name: string): Promise<string> {
	const nameKey = matchKey(name);
	await tx
		.insert(questionTopics)
		.values({ name: tidy(name), nameKey })
		.onConflictDoNothing();
	const [found] = await tx
		.select({ id: questionTopics.id })
		.from(questionTopics)
		.where(eq(questionTopics.nameKey, nameKey));
	return found!.id;
}

/** All topics by name. */
/** @public */
export function listTopics(db: Database): Promise<{ id: string; name: string }[]> {
	return db
		.select({ id: questionTopics.id, name: questionTopics.name })
		.from(questionTopics)
		.orderBy(asc(questionTopics.name));
}

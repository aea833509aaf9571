import { and, eq, inArray } from 'drizzle-orm';
import { buffer } from 'node:stream/consumers';
import { plainText } from '#lib/assessment/plain-text.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { toOfficePicture, type OfficePicture } from '../platform/office/office-picture.ts';
import { mediaIdsIn } from './media.ts';
import { questionMedia } from './tables.ts';

/** Pictures for Word and PDF by the id of their file. */
export type Pictures = ReadonlyMap<string, OfficePicture>;

/** The pictures that texts show, for a document. Says nothing about rights. */
export async function readPictures(
	{ db, storage }: Pick<Context, 'db' | 'storage'>,
	texts: readonly string[]
): Promise<Pictures> {
	const pictures = new Map<string, OfficePicture>();
	for (const [id, storageKey] of await picturesOf(db, texts))
		pictures.set(id, await toOfficePicture(await buffer(await storage.get(storageKey))));
	return pictures;
}

/** Which of the files that texts show are pictures that are there, with their places in the storage. */
export async function picturesOf(db: Database, texts: readonly string[]): Promise<Map<string, string>> {
	const ids = mediaIdsIn(texts);
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({ id: questionMedia.id, storageKey: questionMedia.storageKey })
		.from(questionMedia)
		.where(and(inArray(questionMedia.id, ids), eq(questionMedia.kind, 'image'), eq(questionMedia.state, 'ready')));
	return new Map(rows.map(({ id, storageKey }) => [id, storageKey]));
}

/** A piece of a rich text: words, or a file with its description. */
type Piece = Readonly<{ html: string } | { mediaId: string; alt: string }>;

const MEDIA = /<(?:img|audio|video)\b([^>]*)>(?:<\/(?:audio|video)>)?/gi;

/** A rich text cut at the files it shows. */
export function piecesOf(html: string): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	for (const match of html.matchAll(MEDIA)) {
		pieces.push({ html: html.slice(from, match.index) });
		const [whole, attributes = ''] = match;
		const [mediaId = ''] = mediaIdsIn([attributes]);
		const alt = plainText(/\salt="([^"]*)"/.exec(attributes)?.[1] ?? '');
		pieces.push({ mediaId, alt });
		from = match.index + whole.length;
	}
	return [...pieces, { html: html.slice(from) }];
}

import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { redrawPicture } from '../platform/files/take-in-file.ts';
import type { ObjectStore } from '../platform/storage/object-store.ts';
import { questionMedia } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		/** Sound or a clip as it came, to be made playable; src/entry runs it, beside ffmpeg. */
		'assessment.convert_media': { mediaId: string };
	}
}

export type MediaRow = typeof questionMedia.$inferSelect;

/** How long an address in a page works, seconds: longer than any sitting is. */
const ADDRESS_LIFE_S = 4 * 60 * 60;

/**
 * Keeps a picture, sound or clip for questions of a unit; the caller has authorised. What it is decides its bytes, not
 * its name.
 * @returns the row; `media:<id>` is its address in rich texts
 * @throws {DomainError} `assessment.media_type`, `form.bad_picture`
 */
export async function addMedia(
	ctx: Context,
	unitId: string,
	{ name, bytes }: { name: string; bytes: Uint8Array }
): Promise<MediaRow> {
	const kind = mediaKindOf(bytes);
	if (!kind) throw new DomainError('invalid', 'assessment.media_type');
	const mediaId = randomUUID();
	const isPicture = kind === 'image';
	const stored = isPicture ? await redrawPicture(bytes) : bytes;
	const storageKey = `questions/media/${mediaId}/${isPicture ? 'file.webp' : 'source'}`;
	const contentType = isPicture ? 'image/webp' : 'application/octet-stream';
	await ctx.storage.put(storageKey, stored, { contentType });
	return ctx.db.transaction(async (tx) => {
		const [added] = await tx
			.insert(questionMedia)
			.values({
				...{ id: mediaId, unitId, kind, storageKey, contentType },
				state: isPicture ? 'ready' : 'converting',
				name:
					name
						.normalize('NFC')
						.replace(/[\p{Cc}<>:"|?*\\/]/gu, '')
						.slice(0, 150) || kind,
				sizeBytes: stored.byteLength,
				createdBy: accountIdOf(ctx.actor)
			})
			.returning();
		if (!isPicture) await ctx.queue.send(tx, 'assessment.convert_media', { mediaId });
		await recordAudit(ctx, tx, 'question_media.added', { objectId: mediaId, unitId, kind });
		return added!;
	});
}

const IMAGES: readonly (readonly number[])[] = [
	[0xff, 0xd8, 0xff], // JPEG
	[0x89, 0x50, 0x4e, 0x47], // PNG
	[0x47, 0x49, 0x46, 0x38] // GIF
];

/** By first bytes; whether sound or a clip can really be played is found out when it is converted. */
function mediaKindOf(bytes: Uint8Array): MediaRow['kind'] | undefined {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16));
	const text = head.toString('latin1');
	if (IMAGES.some((start) => start.every((byte, i) => head[i] === byte))) return 'image';
	if (text.startsWith('RIFF'))
		return { WEBP: 'image', WAVE: 'audio', 'AVI ': 'video' }[text.slice(8, 12)] as MediaRow['kind'];
	if (text.startsWith('ID3') || text.startsWith('OggS') || text.startsWith('fLaC') || isMp3Frame(head)) return 'audio';
	if (text.slice(4, 8) === 'ftyp') return text.slice(8, 11) === 'M4A' ? 'audio' : 'video';
	return head.readUInt32BE(0) === 0x1a45dfa3 ? 'video' : undefined; // Matroska, WebM
}

/** MPEG audio layer III, ISO/IEC 11172-3: eleven set bits, then version and layer. */
function isMp3Frame(head: Buffer): boolean {
	return head.length > 1 && head[0] === 0xff && (head[1]! & 0xe6) === 0xe2;
}

const ADDRESS = /media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** Ids of the media that texts show. */
export function mediaIdsIn(texts: readonly string[]): string[] {
	return [...new Set(texts.flatMap((html) => [...html.matchAll(ADDRESS)].map(([, id]) => id!)))];
}

/**
 * Puts addresses that a browser can load, for a few hours, in place of `media:<id>`. Says nothing about rights: whoever
 * may read the text may see what is in it. What is not ready yet keeps no address.
 */
export async function withAddresses(
	{ db, storage }: Pick<Context, 'db' | 'storage'>,
	texts: readonly string[]
): Promise<(html: string) => string> {
	const ids = mediaIdsIn(texts);
	const addresses = ids.length > 0 ? await listAddresses(db, storage, ids) : new Map<string, string>();
	return (html) => html.replace(ADDRESS, (_, id: string) => escapeAttribute(addresses.get(id) ?? ''));
}

export async function listAddresses(
	db: Database,
	storage: ObjectStore,
	ids: readonly string[]
): Promise<Map<string, string>> {
	const rows = await db
		.select({ id: questionMedia.id, key: questionMedia.storageKey, contentType: questionMedia.contentType })
		.from(questionMedia)
		.where(and(inArray(questionMedia.id, [...ids]), eq(questionMedia.state, 'ready')));
	return new Map(
		rows.map(({ id, key, contentType }) => [id, storage.signedUrl(key, { expiresInS: ADDRESS_LIFE_S, contentType })])
	);
}

function escapeAttribute(address: string): string {
	return address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** The HTML that shows a file in a rich text. */
export function mediaHtml({ id, kind }: Pick<MediaRow, 'id' | 'kind'>, description: string): string {
	const words = escapeAttribute(description).replaceAll('<', '&lt;');
	if (kind === 'image') return `<p><img src="media:${id}" alt="${words}" /></p>`;
	return `<${kind} src="media:${id}" controls preload="none" aria-label="${words}"></${kind}>`;
}

/** What is still to be converted; undefined when it is done or gone, so that a repeated job does nothing. */
export async function findUnconverted(db: Database, mediaId: string): Promise<MediaRow | undefined> {
	const [row] = await db
		.select()
		.from(questionMedia)
		.where(and(eq(questionMedia.id, mediaId), eq(questionMedia.state, 'converting')));
	return row;
}

/** Stores what was made of sound or a clip and lets it be seen. */
export async function publishConverted(
	ctx: Context,
	mediaId: string,
	made: { path: string; kind: 'audio' | 'video'; durationS: number; sizeBytes: number }
): Promise<void> {
	const extension = made.kind === 'audio' ? 'm4a' : 'mp4';
	const contentType = made.kind === 'audio' ? 'audio/mp4' : 'video/mp4';
	const storageKey = `questions/media/${mediaId}/file.${extension}`;
	await ctx.storage.putFile(storageKey, made.path, { contentType });
	const { kind, durationS, sizeBytes } = made;
	await ctx.db
		.update(questionMedia)
		.set({ state: 'ready', kind, durationS, sizeBytes, storageKey, contentType })
		.where(eq(questionMedia.id, mediaId));
	await ctx.storage.delete([`questions/media/${mediaId}/source`]);
}

/** The file cannot be played; its author is told where it should stand. */
export async function failConversion({ db }: Context, mediaId: string): Promise<void> {
	await db.update(questionMedia).set({ state: 'failed' }).where(eq(questionMedia.id, mediaId));
}

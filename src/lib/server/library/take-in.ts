import { randomUUID } from 'node:crypto';
import type { Context } from '../platform/context.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { displayName, takeInFile } from '../platform/files/take-in-file.ts';

/** A file that lies in the store and is not yet tied to a resource. */
export type StoredFile = Readonly<{ name: string; contentType: string; sizeBytes: number; storageKey: string }>;

/**
 * Keeps a file: PDF, Office, pictures as everywhere, and sound (MP3, M4A, OGG) by its first bytes.
 * @throws {DomainError} `invalid` `form.file_type`, `form.file_too_large`, `form.bad_picture`
 */
export async function storeFile(ctx: Context, file: File): Promise<StoredFile> {
	const sound = soundOf(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
	const safe = sound ? await takeInSound(ctx, file, sound) : await takeInFile(ctx.config, file);
	const storageKey = `library/${randomUUID()}.${safe.extension}`;
	await ctx.storage.put(storageKey, safe.bytes, { contentType: safe.contentType });
	return { name: safe.name, contentType: safe.contentType, sizeBytes: safe.bytes.byteLength, storageKey };
}

type Sound = Readonly<{ extension: string; contentType: string }>;

function soundOf(start: Uint8Array): Sound | undefined {
	const text = Buffer.from(start).toString('latin1');
	if (text.startsWith('ID3') || (start[0] === 0xff && ((start[1] ?? 0) & 0xe6) === 0xe2))
		return { extension: 'mp3', contentType: 'audio/mpeg' };
	if (text.startsWith('OggS')) return { extension: 'ogg', contentType: 'audio/ogg' };
	if (text.slice(4, 11) === 'ftypM4A') return { extension: 'm4a', contentType: 'audio/mp4' };
	return undefined;
}

async function takeInSound({ config }: Context, file: File, { extension, contentType }: Sound) {
	const bytes = await readFormFile(config, file);
	return { extension, contentType, bytes, name: displayName(file.name, extension) };
}

import path from 'node:path';
import sharp from 'sharp';
import type { Config } from '../config.ts';
import { DomainError } from '../errors.ts';
import { readFormFile } from './read-form-file.ts';
import { recogniseFile } from './recognise-file.ts';

/** Longer side of a stored picture, pixels: sharp on a wide screen, small enough for a village's line. */
const PICTURE_SIDE = 2000;
const MOST_INPUT_PIXELS = 100_000_000;

/** Content types by extension, of what is let in. */
export const FILE_TYPES = {
	pdf: 'application/pdf',
	webp: 'image/webp',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** A file made safe: what it is by its bytes, and the name people know it by (never a path). */
export type SafeFile = Readonly<{
	kind: 'pdf' | 'image' | 'office';
	extension: keyof typeof FILE_TYPES;
	contentType: string;
	bytes: Uint8Array;
	name: string;
}>;

/**
 * Takes in a file that somebody sent with a form: PDF, Office (without macros) as they are, pictures drawn anew without
 * their metadata. Its bytes say what it is, not its name.
 * @throws {DomainError} `invalid` `form.file_type`, those of {@link readFormFile}
 */
export async function takeInFile(config: Pick<Config, 'formMaxBytes' | 'scanner'>, file: File): Promise<SafeFile> {
	const given = await readFormFile(config, file);
	const recognised = recogniseFile(given);
	if (!recognised) throw new DomainError('invalid', 'form.file_type');
	const { kind } = recognised;
	const extension = kind === 'office' ? recognised.extension : kind === 'pdf' ? 'pdf' : 'webp';
	const bytes = kind === 'image' ? await redrawPicture(given) : given;
	return { kind, extension, contentType: FILE_TYPES[extension], bytes, name: displayName(file.name, extension) };
}

/**
 * Photographs carry device, place and time, and an image file may carry more; only the pixels are kept, as WebP.
 * @throws {DomainError} `invalid` `form.bad_picture` for what cannot be drawn
 */
export async function redrawPicture(bytes: Uint8Array): Promise<Uint8Array> {
	try {
		return await sharp(bytes, { limitInputPixels: MOST_INPUT_PIXELS })
			.rotate()
			.resize({ width: PICTURE_SIDE, height: PICTURE_SIDE, fit: 'inside', withoutEnlargement: true })
			.webp({ quality: 82 })
			.toBuffer();
	} catch (error) {
		throw Object.assign(new DomainError('invalid', 'form.bad_picture'), { cause: error });
	}
}

/** The name people know the file by, with the extension of what it is; shown and offered for download, never a path. */
export function displayName(name: string, extension: string): string {
	const base = path
		.parse(name.normalize('NFC').replaceAll('\\', '/'))
		.name.replace(/[\p{Cc}<>:"|?*]/gu, '')
		.trim();
	return `${base.slice(0, 150) || 'tai-lieu'}.${extension}`;
}

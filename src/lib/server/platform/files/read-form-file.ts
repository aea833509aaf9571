import type { Config } from '../config.ts';
import { DomainError } from '../errors.ts';
import { scanFile } from './scan.ts';

/**
 * The bytes of a file that somebody sent with a form and that will be kept: bounded, and looked at by the scanner where
 * there is one. Every place that keeps such files as they are begins here.
 * @throws {DomainError} `invalid` `form.file_required`, `form.file_too_large`; those of {@link scanFile}
 */
export async function readFormFile(config: Pick<Config, 'formMaxBytes' | 'scanner'>, file: File): Promise<Buffer> {
	if (file.size === 0) throw new DomainError('invalid', 'form.file_required');
	if (file.size > config.formMaxBytes) {
		const limit = `${Math.floor(config.formMaxBytes / 1024 ** 2)} MB`;
		throw new DomainError('invalid', 'form.file_too_large', { limit });
	}
	const bytes = Buffer.from(await file.arrayBuffer());
	await scanFile(config, bytes);
	return bytes;
}

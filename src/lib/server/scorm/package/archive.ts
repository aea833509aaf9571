import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Remark } from '#lib/scorm/manifest.ts';
import { DomainError } from '../../platform/errors.ts';

const MIB = 1024 ** 2;

/** What one package may hold, unpacked. The central directory's own words are checked first, the real bytes while reading. */
export const PACKAGE_LIMITS = {
	totalBytes: 2048 * MIB,
	fileBytes: 1024 * MIB,
	/** Unpacked to packed, of files above {@link RATIO_MATTERS_BYTES}: media do not shrink at all, text seldom to a tenth. */
	ratio: 200,
	files: 20_000,
	/** Folders within folders. */
	depth: 20,
	/** Bytes of a path in UTF-8; S3 keys end at 1,024. */
	pathBytes: 900
} as const;
const RATIO_MATTERS_BYTES = 10 * MIB;

/** One file of a package. */
export type ArchiveEntry = Readonly<{ path: string; sizeBytes: number; zip: yauzl.Entry }>;

/** An opened package: what it lists, checked, and how to read it. */
export type Archive = Readonly<{
	/** By path; folders are left out. */
	entries: ReadonlyMap<string, ArchiveEntry>;
	remarks: Remark[];
	/** The file's bytes; ends with an error when there are more or fewer of them than the directory said. */
	read(entry: ArchiveEntry): Promise<Readable>;
	close(): Promise<void>;
}>;

const invalid = (code: string, params: Record<string, string | number> = {}) =>
	new DomainError('invalid', `scorm.${code}`, params);

/** Leftovers of tools that nobody opens. */
const IGNORED = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/;
/** Programs and settings of web servers: kept as plain bytes, never run. */
const SERVER_SIDE = /\.(php\d?|phtml|jsp|aspx?|cgi|pl|sh|exe)$|(^|\/)(\.htaccess|web\.config|\.user\.ini|\.env)$/i;
const WINDOWS_RESERVED = /(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(\/|$)|[:*?"<>|]|[. ](\/|$)/i;

/**
 * Opens a package and reads its table of contents; nothing is unpacked.
 * @throws {DomainError} `invalid` for what is no zip file, is locked with a password, holds links, names outside of itself
 * or more than {@link PACKAGE_LIMITS}
 */
export async function openArchive(path: string): Promise<Archive> {
	const file = await open(path, 'r');
	try {
		await assertZip(file);
		const zip = await yauzl
			.fromFdPromise(file.fd, { lazyEntries: true, autoClose: false, decodeStrings: false })
			.catch((error: unknown) => {
				throw refused(error);
			});
		const { entries, remarks } = await listEntries(zip);
		return {
			entries,
			remarks,
			read: ({ zip: entry }) => zip.openReadStreamPromise(entry),
			close: () => file.close()
		};
	} catch (error) {
		await file.close();
		throw error;
	}
}

async function assertZip(file: FileHandle): Promise<void> {
	const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
	if (bytesRead < 4 || buffer.toString('latin1', 0, 2) !== 'PK') throw invalid('not_a_zip');
}

async function listEntries(zip: yauzl.ZipFile): Promise<Pick<Archive, 'entries' | 'remarks'>> {
	if (zip.entryCount > PACKAGE_LIMITS.files) throw invalid('too_many_files', { limit: PACKAGE_LIMITS.files });
	const entries = new Map<string, ArchiveEntry>();
	const remarks: Remark[] = [];
	let totalBytes = 0;
	try {
		for await (const zipEntry of zip.eachEntry()) {
			const path = nameOf(zipEntry);
			assertSafe(zipEntry, path);
			if (path.endsWith('/') || IGNORED.test(path)) continue;
			if (entries.has(path)) throw invalid('twin_names', { path: shown(path) });
			totalBytes += zipEntry.uncompressedSize;
			if (totalBytes > PACKAGE_LIMITS.totalBytes) throw invalid('too_large');
			entries.set(path, { path, sizeBytes: zipEntry.uncompressedSize, zip: zipEntry });
			const remark = remarkOn(path);
			if (remark) remarks.push(remark);
		}
	} catch (error) {
		throw refused(error);
	}
	return { entries, remarks };
}

/** As the archive says, by its own rules for encodings (APPNOTE 6.3.10, appendix D); never decoded a second time. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: yauzl.Entry): string {
	return yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

const UNIX_TYPE = 0xf000;
const UNIX_LINK = 0xa000;

function assertSafe(entry: yauzl.Entry, path: string): void {
	const isOutside = /\\|^\/|^[a-z]:\/|(^|\/)\.\.?(\/|$)|\/\/|\0/i.test(path) || path === '';
	if (isOutside) throw invalid('path_outside', { path: shown(path) });
	const unixMode = entry.externalFileAttributes >>> 16;
	if ((unixMode & UNIX_TYPE) === UNIX_LINK) throw invalid('link_inside', { path: shown(path) });
	if (entry.isEncrypted()) throw invalid('encrypted');
	if (Buffer.byteLength(path) > PACKAGE_LIMITS.pathBytes) throw invalid('name_too_long');
	if (path.split('/').length > PACKAGE_LIMITS.depth) throw invalid('folders_too_deep');
	if (entry.uncompressedSize > PACKAGE_LIMITS.fileBytes) throw invalid('too_large');
	const isBomb = entry.uncompressedSize > Math.max(entry.compressedSize * PACKAGE_LIMITS.ratio, RATIO_MATTERS_BYTES);
	if (isBomb) throw invalid('too_dense', { path: shown(path) });
}

function remarkOn(path: string): Remark | undefined {
	const params = { path: shown(path) };
	if (/[\u0000-\u001f\u007f]/.test(path) || /[☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂]/u.test(path))
		return { code: 'control_in_name', params };
	if (/%2e%2e|%2f/i.test(path)) return { code: 'escaped_name', params };
	if (SERVER_SIDE.test(path)) return { code: 'server_side_file', params };
	if (WINDOWS_RESERVED.test(path)) return { code: 'windows_name', params };
	return undefined;
}

/** The archive library's own refusals are about what is in the file: the author is told, nothing is broken here. */
function refused(error: unknown): unknown {
	if (error instanceof DomainError) return error;
	const { code } = error as NodeJS.ErrnoException;
	if (code) return error; // of the file system
	return invalid('zip_damaged');
}

/** A name from a package, fit for a sentence. */
function shown(path: string): string {
	return path.replace(/\p{Cc}/gu, '�').slice(0, 200);
}

import type { Readable } from 'node:stream';

/** What a stored object says of itself. */
export type ObjectHead = Readonly<{
	key: string;
	sizeBytes: number;
	contentType: string;
	etag: string;
	modifiedAt: Date;
}>;

/** How a signed address must answer; `downloadName` makes it a download under that file name. */
export type SignedUrlOptions = Readonly<{ expiresInS: number; downloadName?: string; contentType?: string }>;

/**
 * Objects under keys such as `lectures/<id>/1/240p.mp4`: lower-case words, digits, `-`, `_`, `.` and `/`, made by the
 * server and never from a user's file name. Keys are written once and never overwritten with other content, except by a
 * retry of the same job. Two drivers, one contract, the same tests: files below DATA_DIR, and S3.
 */
export type ObjectStore = Readonly<{
	driver: 'filesystem' | 's3';
	/** Origin that browsers load signed addresses from, for the CSP; undefined where it is the application itself. */
	publicOrigin?: string;
	put(key: string, body: Uint8Array | string, options: { contentType: string }): Promise<void>;
	/** Copies a local file up, in parts where it is large. */
	putFile(key: string, path: string, options: { contentType: string; signal?: AbortSignal }): Promise<void>;
	/** @throws {DomainError} `not_found` `storage.missing` */
	get(key: string, range?: { start: number; end: number }): Promise<Readable>;
	/** The whole object as text; for playlists and captions. */
	text(key: string): Promise<string>;
	/** Copies the object to a local file, whole or not at all. */
	getFile(key: string, path: string, options?: { signal?: AbortSignal }): Promise<void>;
	head(key: string): Promise<ObjectHead | undefined>;
	list(prefix: string): AsyncIterable<ObjectHead>;
	/** Removes what is there; a missing key is no error. */
	delete(keys: readonly string[]): Promise<void>;
	/** An address that works without a session for a short time; cheap (no network, no await), so a playlist can hold many. */
	signedUrl(key: string, options: SignedUrlOptions): string;
	/** Resolves when the store answers; for /readyz and `doctor`. */
	check(): Promise<void>;
}>;

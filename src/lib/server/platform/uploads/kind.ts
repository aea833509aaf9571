import type { Context } from '../context.ts';
import type { UploadTarget } from './target.ts';

/** How the row behind an upload stands. */
export type UploadRow = Readonly<{
	/** Bytes are still awaited. */
	isOpen: boolean;
	/** Size of the whole file once it was handed over. */
	storedBytes: number | null;
}>;

/** What a module says about the files it takes in; the rest of an upload is the same for all. */
export type UploadKind = Readonly<{
	/** Lower-case letters; begins the address of each upload. */
	name: string;
	/** Largest file, bytes. */
	maxBytes: number;
	/** What a file without a name is called. */
	unnamed: string;
	/** Where the whole file lies in the store. */
	sourceKey(target: UploadTarget): string;
	/**
	 * The row, asked for with each request of an upload.
	 * @throws {DomainError} `not_found` for one that is not the actor's own
	 */
	find(ctx: Context, target: UploadTarget): Promise<UploadRow>;
	/**
	 * A file of this size is about to be sent.
	 * @throws {DomainError} where there is no room for it
	 */
	admit?(ctx: Context, target: UploadTarget, sizeBytes: number): Promise<void>;
	/** All bytes lie at {@link sourceKey}: notes it and sends what works on them. May be repeated. */
	finish(ctx: Context, target: UploadTarget, file: { name: string; sizeBytes: number }): Promise<void>;
}>;

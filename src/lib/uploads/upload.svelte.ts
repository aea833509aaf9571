import type { DetailedError, Upload } from 'tus-js-client';
import type { ErrorParams } from '#lib/i18n/form-errors.ts';
import { nextPiece, openSpeedometer, PIECE, smallerPiece } from './pace.ts';
import { forgetUnfinished, keepUnfinished } from './unfinished-upload.ts';

const SECOND_MS = 1000;
/** Waits between attempts; a try that moved a byte starts them anew, so this is an hour without any connection. */
const WAITS_MS = [1, 2, 4, 8, ...Array.from({ length: 240 }, () => 15)].map((s) => s * SECOND_MS);
/** Answers that trying again may change: conflict of two requests, lock, too many, and all 5xx but "no room". */
const WORTH_ANOTHER_TRY = [409, 423, 429];

export type UploadPhase = 'idle' | 'uploading' | 'waiting' | 'paused' | 'done' | 'refused';
type Refusal = Readonly<{ code: string; params?: ErrorParams }>;

/** One upload of one file at a time, as the page shows it. Fields are reactive. */
export class FileUpload {
	phase = $state<UploadPhase>('idle');
	name = $state('');
	sentBytes = $state(0);
	totalBytes = $state(0);
	/** Bytes per second. */
	speed = $state(0);
	refusal = $state.raw<Refusal>();

	#upload: Upload | undefined;
	#uploadId = '';
	#file: File | undefined;
	readonly #ondone: () => void;

	constructor(ondone: () => void) {
		this.#ondone = ondone;
	}

	get percent(): number {
		return this.totalBytes > 0 ? (100 * this.sentBytes) / this.totalBytes : 0;
	}

	get isUnderWay(): boolean {
		return ['uploading', 'waiting', 'paused'].includes(this.phase);
	}

	/**
	 * Sends a file, or what the server has not got of it.
	 * @param uploadId `<kind>-<id>.<revision>`, from the action that began it
	 * @param isResumed the same file was begun before, here or before a reload
	 */
	async start(file: File, uploadId: string, isResumed: boolean): Promise<void> {
		const { Upload: TusUpload } = await import('tus-js-client');
		const speedometer = openSpeedometer();
		let pieceBeganMs = Date.now();
		this.#uploadId = uploadId;
		this.#file = file;
		[this.name, this.totalBytes, this.sentBytes, this.speed] = [file.name, file.size, 0, 0];
		this.refusal = undefined;
		const upload = new TusUpload(file, {
			endpoint: '/uploads',
			uploadUrl: isResumed ? `/uploads/${uploadId}` : null,
			metadata: { upload: uploadId, filename: file.name },
			chunkSize: PIECE.first,
			retryDelays: WAITS_MS,
			storeFingerprintForResuming: false, // the address is known from the revision
			onBeforeRequest: () => {
				pieceBeganMs = Date.now();
			},
			onProgress: (sent) => {
				if (this.phase === 'waiting') this.phase = 'uploading';
				this.sentBytes = sent;
				this.speed = speedometer.add(Date.now(), sent);
			},
			onChunkComplete: (size, accepted) => {
				upload.options.chunkSize = nextPiece(size, (Date.now() - pieceBeganMs) / SECOND_MS);
				keepUnfinished(uploadId, file, (100 * accepted) / file.size);
			},
			onShouldRetry: (error) => {
				const isWorth = isWorthAnotherTry(error);
				if (isWorth) {
					this.phase = 'waiting';
					speedometer.reset();
					upload.options.chunkSize = smallerPiece(upload.options.chunkSize ?? PIECE.first);
				}
				return isWorth;
			},
			onError: (error) => {
				this.phase = 'refused';
				this.refusal = refusalOf(error as DetailedError);
			},
			onSuccess: () => {
				this.phase = 'done';
				forgetUnfinished(uploadId);
				this.#ondone();
			}
		});
		this.#upload = upload;
		this.phase = 'uploading';
		keepUnfinished(uploadId, file, 0);
		upload.start();
	}

	async pause(): Promise<void> {
		await this.#upload?.abort();
		this.speed = 0;
		this.phase = 'paused';
	}

	resume(): void {
		this.phase = 'uploading';
		this.#upload?.start();
	}

	/** Tries again after a refusal, with what the server has by now. */
	async again(): Promise<void> {
		if (this.#file) await this.start(this.#file, this.#uploadId, true);
	}

	/** Gives the upload up, here and on the server. */
	async cancel(): Promise<void> {
		await this.#upload?.abort(true).catch(() => {}); // what stays on the server is replaced by the next upload, or tidied
		forgetUnfinished(this.#uploadId);
		this.phase = 'idle';
	}

	/** Stops sending without giving anything up; when the page is left. */
	leave(): void {
		void this.#upload?.abort();
	}
}

const statusOf = (error: DetailedError) => error.originalResponse?.getStatus() ?? 0;

function isWorthAnotherTry(error: DetailedError): boolean {
	const status = statusOf(error);
	return status === 0 || WORTH_ANOTHER_TRY.includes(status) || (status >= 500 && status !== 507);
}

/** The server's own words for a "no"; a session that ended has one too. */
function refusalOf(error: DetailedError): Refusal {
	if (statusOf(error) === 401) return { code: 'identity.session_expired' };
	try {
		const body = JSON.parse(error.originalResponse?.getBody() ?? '') as Partial<Refusal>;
		if (typeof body.code === 'string') return { code: body.code, params: body.params ?? {} };
	} catch {
		// not one of our answers
	}
	return { code: statusOf(error) === 0 ? 'page.offline' : 'page.internal' };
}

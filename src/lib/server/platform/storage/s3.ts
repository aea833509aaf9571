import {
	CreateBucketCommand,
	DeleteObjectsCommand,
	GetObjectCommand,
	HeadBucketCommand,
	HeadObjectCommand,
	paginateListObjectsV2,
	PutBucketCorsCommand,
	PutObjectCommand,
	S3Client
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Config } from '../config.ts';
import { contentTypeOf } from './content-types.ts';
import { attachment } from './content-disposition.ts';
import { stepOf } from './expiry.ts';
import { full, missing, unavailable } from './failures.ts';
import { assertKey } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { presignGet, type Signer } from './sigv4.ts';

const MIB = 1024 * 1024;
/** DeleteObjects takes at most this many keys. */
const DELETE_BATCH = 1000;

/** A client that also talks to stores without the newer checksum headers (Ceph, MinIO of some years). */
function s3Client(s3: S3Config): S3Client {
	return new S3Client({
		region: s3.region,
		endpoint: s3.endpoint,
		forcePathStyle: s3.forcePathStyle,
		credentials: credentialsOf(s3),
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
		maxAttempts: 3,
		requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 }
	});
}

/** Objects in a bucket of S3-compatible storage; bytes go between browser and store, never through the web process. */
export function openS3Store(s3: S3Config): ObjectStore {
	const client = s3Client(s3);
	const Bucket = s3.bucket;
	const signer = signerOf(s3);

	const store: ObjectStore = {
		driver: 's3',
		publicOrigin: signer.origin,
		put: (key, body, { contentType }) => {
			const Body = typeof body === 'string' ? Buffer.from(body) : body;
			return answered(
				key,
				client.send(new PutObjectCommand({ Bucket, Key: named(key), Body, ContentType: contentType }))
			);
		},
		async putFile(key, source, { contentType, signal }) {
			signal?.throwIfAborted();
			const { size } = await fs.stat(source);
			const upload = new Upload({
				client,
				params: { Bucket, Key: named(key), Body: createReadStream(source), ContentType: contentType },
				partSize: Math.max(8 * MIB, Math.ceil(size / 9_000)), // S3 allows 10,000 parts
				queueSize: 3
			});
			const abort = () => void upload.abort().catch(() => {});
			signal?.addEventListener('abort', abort, { once: true });
			try {
				await answered(key, upload.done());
			} finally {
				signal?.removeEventListener('abort', abort);
			}
		},
		async get(key, range) {
			const Range = range && `bytes=${range.start}-${range.end}`;
			const answer = await client.send(new GetObjectCommand({ Bucket, Key: named(key), Range })).catch(refused(key));
			return answer.Body as Readable;
		},
		async text(key) {
			const answer = await client.send(new GetObjectCommand({ Bucket, Key: named(key) })).catch(refused(key));
			return (await answer.Body?.transformToString('utf8')) ?? '';
		},
		async getFile(key, target, { signal } = {}) {
			const unfinished = `${target}.unfinished`;
			try {
				await pipeline(await store.get(key), createWriteStream(unfinished), { signal });
				await fs.rename(unfinished, target);
			} catch (error) {
				await fs.rm(unfinished, { force: true });
				throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? full(error) : failureOf(key, error);
			}
		},
		async head(key) {
			try {
				const found = await client.send(new HeadObjectCommand({ Bucket, Key: named(key) }));
				return {
					key,
					sizeBytes: found.ContentLength ?? 0,
					contentType: found.ContentType ?? 'application/octet-stream',
					etag: found.ETag ?? '',
					modifiedAt: found.LastModified ?? new Date(0)
				};
			} catch (error) {
				if (statusOf(error) === 404) return undefined;
				throw failureOf(key, error);
			}
		},
		async *list(prefix) {
			try {
				for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: prefix })) {
					for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
						const contentType = Key && contentTypeOf(Key);
						const found = contentType
							? {
									key: Key,
									sizeBytes: Size ?? 0,
									contentType,
									etag: ETag ?? '',
									modifiedAt: LastModified ?? new Date(0)
								}
							: Key && (await store.head(Key)); // a listing does not tell content types
						if (found) yield found;
					}
				}
			} catch (error) {
				throw failureOf(prefix, error);
			}
		},
		async delete(keys) {
			for (let i = 0; i < keys.length; i += DELETE_BATCH) {
				const Objects = keys.slice(i, i + DELETE_BATCH).map((key) => ({ Key: named(key) }));
				const answer = await client
					.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
					.catch(refused('delete'));
				const [failed] = answer.Errors ?? [];
				if (failed) throw new Error(`could not delete ${failed.Key}: ${failed.Code} ${failed.Message}`);
			}
		},
		signedUrl(key, { expiresInS, downloadName, contentType }) {
			const step = stepOf(expiresInS);
			const at = new Date(Math.floor(Date.now() / 1000 / step) * step * 1000);
			return presignGet(signer, named(key), at, expiresInS + step, {
				...(downloadName && { 'response-content-disposition': attachment(downloadName) }),
				...(contentType && { 'response-content-type': contentType })
			});
		},
		async check() {
			await client.send(new HeadBucketCommand({ Bucket })).catch(refused(Bucket));
		}
	};
	return store;
}

/** Creates the bucket where it is missing, and lets pages of `origin` load its objects. Needs no doing at each start. */
export async function prepareS3Store(s3: S3Config, origin?: string): Promise<void> {
	const client = s3Client(s3);
	const Bucket = s3.bucket;
	try {
		await client.send(new HeadBucketCommand({ Bucket })).catch(async (error) => {
			if (statusOf(error) !== 404) throw error;
			await client.send(new CreateBucketCommand({ Bucket }));
		});
		if (!origin) return;
		const rule = {
			AllowedOrigins: [origin],
			AllowedMethods: ['GET', 'HEAD'],
			AllowedHeaders: ['range'],
			ExposeHeaders: ['ETag', 'Content-Range', 'Content-Length', 'Accept-Ranges'],
			MaxAgeSeconds: 3600
		};
		await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
	} catch (error) {
		throw failureOf(Bucket, error);
	} finally {
		client.destroy();
	}
}

/** Where and with what browsers' addresses are signed; exported for the test against Amazon's own presigner. */
export function signerOf(s3: S3Config): Signer {
	const endpoint = new URL(s3.publicEndpoint ?? s3.endpoint ?? `https://s3.${s3.region}.amazonaws.com`);
	const folder = endpoint.pathname.replace(/\/$/, '');
	const host = s3.forcePathStyle ? endpoint.host : `${s3.bucket}.${endpoint.host}`;
	return {
		...credentialsOf(s3),
		region: s3.region,
		origin: `${endpoint.protocol}//${host}`,
		basePath: s3.forcePathStyle ? `${folder}/${s3.bucket}` : folder
	};
}

function credentialsOf({ accessKeyId, secretAccessKey }: S3Config) {
	if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey };
	throw new Error('S3_BUCKET is set, so S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are required too');
}

const named = (key: string) => (assertKey(key), key);

async function answered(key: string, request: Promise<unknown>): Promise<void> {
	await request.catch(refused(key));
}

function refused(key: string) {
	return (error: unknown): never => {
		throw failureOf(key, error);
	};
}

const statusOf = (error: unknown) =>
	(error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? undefined;

/** Missing, away for now, or a defect (wrong credentials, aborted by us) that stays what it is. */
function failureOf(key: string, error: unknown): unknown {
	const status = statusOf(error);
	if (status === 404) return missing(key, error);
	if (status !== undefined) return status >= 500 ? unavailable(error) : error;
	const { name, code } = error as { name?: string; code?: string };
	const isNetwork = /^E[A-Z]+$/.test(code ?? '') || name === 'TimeoutError' || name === 'NetworkingError';
	return isNetwork ? unavailable(error) : error;
}

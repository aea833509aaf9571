import { createHash, createHmac } from 'node:crypto';

/** Whose requests are signed, for which region; `endpoint` is scheme and host as browsers reach it, `basePath` begins the path. */
export type Signer = Readonly<{
	accessKeyId: string;
	secretAccessKey: string;
	region: string;
	origin: string;
	basePath: string;
}>;

/** Query parameters with which S3 answers as asked. */
export type ResponseOverrides = Readonly<{ 'response-content-disposition'?: string; 'response-content-type'?: string }>;

type DayKey = { day: string; key: Buffer };
const dayKeys = new WeakMap<Signer, DayKey>();

/**
 * A presigned GET address by AWS Signature Version 4 (docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html),
 * byte for byte what @aws-sdk/s3-request-presigner makes, but synchronous and a hundred times faster: the signing key of a
 * day is derived once, and a playlist needs hundreds of addresses.
 */
export function presignGet(
	signer: Signer,
	key: string,
	at: Date,
	expiresInS: number,
	overrides: ResponseOverrides = {}
): string {
	const stamp = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
	const day = stamp.slice(0, 8);
	const scope = `${day}/${signer.region}/s3/aws4_request`;
	const path = `${signer.basePath}/${key.split('/').map(encode).join('/')}`;
	const before: [string, string][] = [
		['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
		['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'],
		['X-Amz-Credential', `${signer.accessKeyId}/${scope}`],
		['X-Amz-Date', stamp],
		['X-Amz-Expires', String(expiresInS)]
	];
	const after = [['X-Amz-SignedHeaders', 'host'], ...Object.entries(overrides).toSorted(), ['x-id', 'GetObject']];
	const signed = joined([...before, ...after] as [string, string][]);

	const host = signer.origin.slice(signer.origin.indexOf('//') + 2);
	const request = ['GET', path, signed, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
	const toSign = ['AWS4-HMAC-SHA256', stamp, scope, createHash('sha256').update(request).digest('hex')].join('\n');
	const signature = createHmac('sha256', dayKey(signer, day)).update(toSign).digest('hex');
	const query = joined([...before, ['X-Amz-Signature', signature], ...after] as [string, string][]);
	return `${signer.origin}${path}?${query}`;
}

function dayKey(signer: Signer, day: string): Buffer {
	const known = dayKeys.get(signer);
	if (known?.day === day) return known.key;
	const steps = [day, signer.region, 's3', 'aws4_request'];
	const key = steps.reduce(
		(k, step) => createHmac('sha256', k).update(step).digest(),
		Buffer.from(`AWS4${signer.secretAccessKey}`)
	);
	dayKeys.set(signer, { day, key });
	return key;
}

const joined = (pairs: readonly [string, string][]) =>
	pairs.map(([name, value]) => `${name}=${encode(value)}`).join('&');

/** RFC 3986: everything but unreserved characters. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

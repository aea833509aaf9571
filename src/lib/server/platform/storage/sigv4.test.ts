import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect, test } from 'vitest';
import { attachment } from './content-disposition.ts';
import { signerOf } from './s3.ts';
import { presignGet } from './sigv4.ts';

const base = {
	bucket: 'bai-giang',
	region: 'ap-southeast-1',
	accessKeyId: 'AKID',
	secretAccessKey: 'a/secret+with=signs'
};
const DISPOSITION = attachment("Đề cương (bản 2) 'KC01' 100%.pdf");

test.for([
	{ name: 'path style on a port', s3: { ...base, endpoint: 'http://127.0.0.1:7480', forcePathStyle: true } },
	{ name: 'virtual host', s3: { ...base, endpoint: 'https://s3.example.vn', forcePathStyle: false } },
	{ name: "Amazon's own address", s3: { ...base, forcePathStyle: false } },
	{ name: 'path style at Amazon', s3: { ...base, forcePathStyle: true } }
])("signs an address of $name byte for byte as Amazon's presigner", async ({ s3 }) => {
	const client = new S3Client({
		...s3,
		credentials: base,
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED'
	});
	const signer = signerOf(s3);
	for (const signingDate of [new Date('2026-11-22T10:00:00Z'), new Date('2027-01-01T00:00:01Z')]) {
		const Key = 'lectures/6f9619ff/1/240p_00001.m4s';
		const theirs = (more: object) =>
			getSignedUrl(client, new GetObjectCommand({ Bucket: s3.bucket, Key, ...more }), { expiresIn: 300, signingDate });
		expect(presignGet(signer, Key, signingDate, 300)).toBe(await theirs({}));
		const overrides = { 'response-content-type': 'video/mp4', 'response-content-disposition': DISPOSITION };
		const asked = { ResponseContentType: 'video/mp4', ResponseContentDisposition: DISPOSITION };
		expect(presignGet(signer, Key, signingDate, 300, overrides)).toBe(await theirs(asked));
	}
});

test('browsers are sent to the public address where the store has two', () => {
	const s3 = {
		...base,
		endpoint: 'http://minio:9000',
		publicEndpoint: 'https://luu-tru.example.vn',
		forcePathStyle: true
	};
	expect(presignGet(signerOf(s3), 'a.mp4', new Date(), 60)).toMatch(
		/^https:\/\/luu-tru\.example\.vn\/bai-giang\/a\.mp4\?/
	);
});

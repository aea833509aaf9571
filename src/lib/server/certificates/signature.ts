import { readFile } from 'node:fs/promises';
import * as pkijs from 'pkijs';
import type { Config } from '../platform/config.ts';
import { DomainError } from '../platform/errors.ts';

/** Who signed a PDF, as the certificate in the signature says. Times are ISO 8601. */
export type Signer = Readonly<{
	subject: string;
	organisation: string | null;
	issuer: string;
	serial: string;
	validTo: string;
	/** As the signing program noted it; nobody vouches for that clock. */
	signedAt: string | null;
	/** The chain leads to an authority of SIGNATURE_CA_FILE; false where none is configured to compare with. */
	isTrusted: boolean;
}>;

const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';
const SIGNING_TIME = '1.2.840.113549.1.9.5';

/**
 * Checks the digital signature of a PDF that was signed outside (PAdES, ISO 32000-2, 12.8): it must begin with exactly
 * the bytes that were given to be signed, and its last signature must cover the whole file and be right.
 * @param original the PDF as the system made it
 * @throws {DomainError} `invalid` `certificates.signed_other` (another or a changed file), `certificates.unsigned`,
 * `certificates.signature_wrong`, `certificates.signer_untrusted`
 */
export async function verifySignedPdf(
	config: Pick<Config, 'signatureCaFile'>,
	original: Buffer,
	signed: Buffer
): Promise<Signer> {
	if (!signed.subarray(0, original.length).equals(original)) refuse('certificates.signed_other');
	const { covered, signature } = lastSignature(signed, original.length);
	const data = parse(signature);
	const certificate = await verify(data, covered);
	if (!certificate) return refuse('certificates.signature_wrong');
	const roots = await trustedRoots(config);
	if (roots.length > 0 && !(await verify(data, covered, roots))) refuse('certificates.signer_untrusted');
	return {
		subject: nameOf(certificate.subject, COMMON_NAME) ?? '',
		organisation: nameOf(certificate.subject, ORGANISATION) ?? null,
		issuer: nameOf(certificate.issuer, COMMON_NAME) ?? nameOf(certificate.issuer, ORGANISATION) ?? '',
		serial: Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex'),
		validTo: certificate.notAfter.value.toISOString(),
		signedAt: signingTime(data),
		isTrusted: roots.length > 0
	};
}

/** The bytes that the last signature covers, and the signature itself (DER). */
function lastSignature(pdf: Buffer, unsignedLength: number): { covered: Buffer; signature: Buffer } {
	const added = pdf.subarray(unsignedLength).toString('latin1');
	const found = [...added.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].at(-1);
	if (!found) return refuse('certificates.unsigned');
	const [start = 1, before = 0, resume = 0, after = 0] = found.slice(1).map(Number);
	const gap = pdf.subarray(before, resume).toString('latin1');
	const hex = /^<([0-9A-Fa-f]*)>$/.exec(gap)?.[1];
	// Anything outside the two ranges but the signature's own digits would be unsigned content.
	if (start !== 0 || resume + after !== pdf.length || !hex) return refuse('certificates.signature_wrong');
	const covered = Buffer.concat([pdf.subarray(0, before), pdf.subarray(resume)]);
	return { covered, signature: Buffer.from(hex.replace(/(00)+$/, ''), 'hex') };
}

function parse(der: Buffer): pkijs.SignedData {
	try {
		return new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(exactly(der)).content });
	} catch {
		return refuse('certificates.signature_wrong');
	}
}

/**
 * The signer's certificate if the signature is right; with `roots` only if its chain leads to one of them too.
 * pkijs looks at the chain first and throws there, so the two questions are asked apart.
 */
async function verify(
	data: pkijs.SignedData,
	covered: Buffer,
	roots?: pkijs.Certificate[]
): Promise<pkijs.Certificate | undefined> {
	const chain = roots ? { trustedCerts: roots, checkChain: true } : { checkChain: false };
	try {
		const result = await data.verify({ signer: 0, data: exactly(covered), extendedMode: true, ...chain });
		return (result.signatureVerified && result.signerCertificate) || undefined;
	} catch {
		return undefined; // what somebody sends may break pkijs anywhere: nothing but a plain yes is a yes
	}
}

async function trustedRoots({ signatureCaFile }: Pick<Config, 'signatureCaFile'>): Promise<pkijs.Certificate[]> {
	if (!signatureCaFile) return [];
	const pem = await readFile(signatureCaFile, 'utf8');
	const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g);
	return [...blocks].map(([, base64 = '']) => pkijs.Certificate.fromBER(exactly(Buffer.from(base64, 'base64'))));
}

function nameOf({ typesAndValues }: pkijs.RelativeDistinguishedNames, type: string): string | undefined {
	const found = typesAndValues.find((one) => String(one.type) === type)?.value as
		{ valueBlock: { value: string } } | undefined;
	return found?.valueBlock.value;
}

function signingTime({ signerInfos }: pkijs.SignedData): string | null {
	const attribute = signerInfos[0]?.signedAttrs?.attributes.find(({ type }) => type === SIGNING_TIME);
	const value = attribute?.values[0] as { toDate?: () => Date } | undefined;
	return value?.toDate?.().toISOString() ?? null;
}

/** pkijs takes whole ArrayBuffers; a Buffer is often a window of a larger one. */
function exactly(bytes: Buffer): ArrayBuffer {
	return new Uint8Array(bytes).buffer;
}

function refuse(code: string): never {
	throw new DomainError('invalid', code);
}

import { plainAddPlaceholder } from '@signpdf/placeholder-plain';
import { P12Signer } from '@signpdf/signer-p12';
import { SignPdf } from '@signpdf/signpdf';
import forge from 'node-forge';

/** An authority and a certificate it gave to an agency, as a token would hold them. */
export type Token = Readonly<{ p12: Buffer; caPem: string }>;

/** Makes an authority of its own and a signing certificate for the agency, both valid around 2026. */
export function aToken(organisation: string): Token {
	const ca = forge.pki.rsa.generateKeyPair(2048);
	const own = forge.pki.rsa.generateKeyPair(2048);
	const issuer = [{ name: 'commonName', value: 'CA thu nghiem' }];
	const subject = [
		{ name: 'commonName', value: organisation, valueTagClass: forge.asn1.Type.UTF8 },
		{ name: 'organizationName', value: organisation, valueTagClass: forge.asn1.Type.UTF8 }
	] as unknown as forge.pki.CertificateField[];
	const root = certificate('01', ca.publicKey, issuer, issuer, ca.privateKey, true);
	const leaf = certificate('0a1b2c', own.publicKey, subject, issuer, ca.privateKey, false);
	const p12 = forge.pkcs12.toPkcs12Asn1(own.privateKey, [leaf, root], 'secret', { algorithm: '3des' });
	return {
		p12: Buffer.from(forge.asn1.toDer(p12).getBytes(), 'binary'),
		caPem: forge.pki.certificateToPem(root)
	};
}

/** Signs a PDF as an agency's signing program does: an incremental update with a detached CMS signature. */
export async function signPdf(pdf: Buffer, { p12 }: Token): Promise<Buffer> {
	const prepared = plainAddPlaceholder({
		pdfBuffer: pdf,
		reason: 'Ký giấy chứng nhận',
		contactInfo: '',
		name: 'Văn thư',
		location: 'Minh Họa'
	});
	return new SignPdf().sign(prepared, new P12Signer(p12, { passphrase: 'secret' }));
}

function certificate(
	serial: string,
	publicKey: forge.pki.PublicKey,
	subject: forge.pki.CertificateField[],
	issuer: forge.pki.CertificateField[],
	signer: forge.pki.rsa.PrivateKey,
	isAuthority: boolean
): forge.pki.Certificate {
	const made = forge.pki.createCertificate();
	made.publicKey = publicKey;
	made.serialNumber = serial;
	made.validity.notBefore = new Date('2025-01-01T00:00:00Z');
	made.validity.notAfter = new Date('2035-01-01T00:00:00Z');
	made.setSubject(subject);
	made.setIssuer(issuer);
	made.setExtensions([
		{ name: 'basicConstraints', cA: isAuthority },
		{ name: 'keyUsage', digitalSignature: true, keyCertSign: isAuthority }
	]);
	made.sign(signer, forge.md.sha256.create());
	return made;
}

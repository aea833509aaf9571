import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sampleContent } from '#lib/certificates/content.ts';
import { drawCertificates } from '#lib/server/certificates/draw.ts';
import { verifySignedPdf } from '#lib/server/certificates/signature.ts';
import { aToken, signPdf } from '../support/signed-pdf.ts';

const design = {
	title: 'Giấy chứng nhận',
	governingBody: '',
	issuingBody: 'Sở Tư pháp',
	place: 'Minh Họa',
	signerTitle: 'Giám đốc',
	signerName: 'Trần Minh Họa',
	numberSuffix: 'GCN',
	completionText: 'Đã hoàn thành lớp tập huấn',
	hasNationalHeading: true,
	hasSealPlace: true
};
const draw = (fullName: string) =>
	drawCertificates([
		{
			content: { ...sampleContent('2026-11-20'), design, fullName },
			checkUrl: 'http://localhost:3000/check/0123456789AB'
		}
	]);

test('a signature made outside is verified, with the authority where one is known', async () => {
	const [token, stranger] = [aToken('Sở Tư pháp tỉnh Minh Họa'), aToken('Sở Tư pháp tỉnh Minh Họa')];
	const original = await draw('Lê Lan');
	const signed = await signPdf(original, token);
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-ca-'));
	try {
		const signatureCaFile = path.join(folder, 'ca.pem');
		await fs.writeFile(signatureCaFile, token.caPem);
		expect(await verifySignedPdf({ signatureCaFile }, original, signed)).toMatchObject({
			subject: 'Sở Tư pháp tỉnh Minh Họa',
			organisation: 'Sở Tư pháp tỉnh Minh Họa',
			issuer: 'CA thu nghiem',
			serial: '0a1b2c',
			isTrusted: true
		});
		expect(await verifySignedPdf({}, original, signed)).toMatchObject({ isTrusted: false });
		await expect(
			verifySignedPdf({ signatureCaFile }, original, await signPdf(original, stranger))
		).rejects.toMatchObject({ code: 'certificates.signer_untrusted' });
	} finally {
		await fs.rm(folder, { recursive: true });
	}

	const refused = (file: Buffer) => expect(verifySignedPdf({}, original, file)).rejects;
	await refused(original).toMatchObject({ code: 'certificates.unsigned' });
	await refused(await signPdf(await draw('Võ Hùng'), token)).toMatchObject({ code: 'certificates.signed_other' });
	const changed = Buffer.from(signed);
	changed[original.length + 20]! ^= 1;
	await refused(changed).toMatchObject({ code: 'certificates.signature_wrong' });
	await refused(Buffer.concat([signed, Buffer.from('\n%%EOF more')])).toMatchObject({
		code: 'certificates.signature_wrong'
	});
	const hollow = Buffer.from(signed.toString('latin1').replace(/<30[0-9a-f]{200}/i, `<${'00'.repeat(101)}`), 'latin1');
	await refused(hollow).toMatchObject({ code: 'certificates.signature_wrong' });
});

import net from 'node:net';
import { once } from 'node:events';
import { expect } from 'vitest';
import { storeFile } from '#lib/server/library/take-in.ts';
import { addDocument } from '#lib/server/lectures/documents.ts';
import { loadConfig, type Config } from '#lib/server/platform/config.ts';
import { scannerVersion } from '#lib/server/platform/files/scan.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { storeSignedReport } from '#lib/server/reporting/signed-report.ts';
import { storeEvidence } from '#lib/server/training/evidence.ts';
import { as, test } from '../support/test.ts';

/** The harmless file that every scanner finds (eicar.org); in two pieces, so that none finds it here. */
const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** Speaks as clamd does (clamd(8)) and keeps what it was sent. */
async function aScanner({ isSilent = false } = {}) {
	const files: Buffer[] = [];
	const server = net.createServer((socket) => {
		let waiting = Buffer.alloc(0);
		socket.on('data', (part) => {
			waiting = Buffer.concat([waiting, part]);
			if (isSilent) return void socket.destroy();
			if (waiting.toString('latin1') === 'zVERSION\0') return void socket.end('ClamAV 1.4.2/27000\0');
			const file = fileIn(waiting);
			if (!file) return;
			files.push(file);
			socket.end(file.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as net.AddressInfo;
	return { files, scanner: { host: '127.0.0.1', port }, close: () => server.close() };
}

const COMMAND = 'zINSTREAM\0';

/** The file of a finished stream; undefined while more is on its way. */
function fileIn(said: Buffer): Buffer | undefined {
	const parts: Buffer[] = [];
	for (let at = COMMAND.length; at + 4 <= said.length;) {
		const length = said.readUInt32BE(at);
		if (length === 0) return Buffer.concat(parts);
		parts.push(said.subarray(at + 4, at + 4 + length));
		at += 4 + length;
	}
	return undefined;
}

const scannedBy = (ctx: Context, scanner: Config['scanner']): Context => ({
	...as(ctx, { kind: 'system' }),
	config: { ...ctx.config, scanner }
});
const pdf = (text: string) => new File([`%PDF-1.7\n${text}\n%%EOF`], 'tài liệu.pdf');

test('a file that the scanner finds is refused wherever files are kept, one that it passes is kept whole', async ({
	ctx
}) => {
	const { files, scanner, close } = await aScanner();
	const by = scannedBy(ctx, scanner);
	const unitId = '00000000-0000-4000-8000-000000000001';
	const refused = { kind: 'invalid', code: 'form.file_infected' };
	await expect(storeFile(by, pdf(EICAR))).rejects.toMatchObject(refused);
	await expect(storeFile(by, new File([`ID3${EICAR}`], 'tin.mp3'))).rejects.toMatchObject(refused);
	await expect(storeEvidence(by, pdf(EICAR))).rejects.toMatchObject(refused);
	await expect(storeSignedReport(by, pdf(EICAR))).rejects.toMatchObject(refused);
	await expect(addDocument(by, unitId, pdf(EICAR))).rejects.toMatchObject(refused);
	const large = pdf('x'.repeat(300_000)); // more than one chunk
	expect(await storeFile(by, large)).toMatchObject({ sizeBytes: large.size });
	expect(files.at(-1)).toEqual(Buffer.from(await large.arrayBuffer()));
	expect(await scannerVersion(scanner)).toMatch(/^ClamAV/);
	close();
});

test('a scanner that does not answer lets nothing in; without one nothing is asked', async ({ ctx }) => {
	const { scanner, close } = await aScanner({ isSilent: true });
	const unavailable = { kind: 'conflict', code: 'form.scan_unavailable' };
	await expect(storeFile(scannedBy(ctx, scanner), pdf('x'))).rejects.toMatchObject(unavailable);
	close();
	await expect(storeFile(scannedBy(ctx, scanner), pdf('x'))).rejects.toMatchObject(unavailable);
	expect(await storeFile(scannedBy(ctx, undefined), pdf('x'))).toMatchObject({ contentType: 'application/pdf' });
});

test('the scanner is named by host and port or by its socket', () => {
	const base = { DATABASE_URL: 'postgres://localhost/x', SECRET_KEY: 'k'.repeat(48), DATA_DIR: '/tmp' };
	expect(loadConfig({ ...base, SCAN_CLAMD: 'clamav:3310' }).scanner).toEqual({ host: 'clamav', port: 3310 });
	expect(loadConfig({ ...base, SCAN_CLAMD: '/run/clamav/clamd.ctl' }).scanner).toEqual({
		path: '/run/clamav/clamd.ctl'
	});
	expect(loadConfig(base).scanner).toBeUndefined();
	expect(() => loadConfig({ ...base, SCAN_CLAMD: 'clamav' })).toThrow(/SCAN_CLAMD must be host:port/);
});

import net from 'node:net';
import { once } from 'node:events';
import { expect } from 'vitest';
import { attachMedia } from '#lib/server/assessment/edit-parts.ts';
import { getQuestionForEdit } from '#lib/server/assessment/question-page.ts';
import { storeFile } from '#lib/server/library/take-in.ts';
import { addDocument } from '#lib/server/lectures/documents.ts';
import { receiveRosterFile } from '#lib/server/organisation/roster-imports.ts';
import { loadConfig, type Config } from '#lib/server/platform/config.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { scannerVersion } from '#lib/server/platform/files/scan.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { storeSignedReport } from '#lib/server/reporting/signed-report.ts';
import { findRevision } from '#lib/server/scorm/access.ts';
import { importPackage } from '#lib/server/scorm/import-job.ts';
import { addPackage, beginUpload, finishUpload } from '#lib/server/scorm/import.ts';
import { packageJobs } from '#lib/server/scorm/jobs.ts';
import { sourceKey } from '#lib/server/scorm/keys.ts';
import { keepAttendanceList } from '#lib/server/training/attendance-list.ts';
import { storeEvidence } from '#lib/server/training/evidence.ts';
import { examine } from '../../src/entry/machine/examine.ts';
import { anAssessmentWorld, aUsableQuestion } from '../support/assessment-world.ts';
import { runJobs } from '../support/jobs.ts';
import { manifest12, zipOf } from '../support/scorm-packages.ts';
import { as, test } from '../support/test.ts';
import { aUnit } from '../support/training-world.ts';

/** The harmless file that every scanner finds (eicar.org); in two pieces, so that none finds it here. */
const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** Speaks as clamd does (clamd(8)) and keeps what it was sent; above `mostBytes` it says so and hangs up, as clamd does. */
async function aScanner({ isSilent = false, mostBytes = Infinity } = {}) {
	const files: Buffer[] = [];
	const server = net.createServer((socket) => {
		let waiting = Buffer.alloc(0);
		socket.on('error', () => {});
		socket.on('data', (part) => {
			waiting = Buffer.concat([waiting, part]);
			if (isSilent) return void socket.destroy();
			if (waiting.toString('latin1') === 'zVERSION\0') return void socket.end('ClamAV 1.4.2/27000\0');
			if (waiting.length > mostBytes) {
				socket.pause();
				socket.write('INSTREAM size limit exceeded. ERROR\0');
				return void setTimeout(() => socket.destroy(), 50);
			}
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
	await expect(keepAttendanceList(by, pdf(EICAR))).rejects.toMatchObject(refused);
	const roster = { fileName: 'danh-sach.xlsx', bytes: Buffer.from(EICAR), defaults: {} };
	await expect(receiveRosterFile(by, roster)).rejects.toMatchObject(refused);
	const world = await anAssessmentWorld(ctx);
	const questionId = await aUsableQuestion(ctx, world);
	const { lockVersion } = await getQuestionForEdit(as(ctx, world.author), questionId);
	const clip = { lockVersion, file: new File([`ID3${EICAR}`], 'tin.mp3'), description: 'Bản tin' };
	await expect(attachMedia({ ...by, actor: world.author }, questionId, clip)).rejects.toMatchObject(refused);
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
	await expect(scannerVersion(scanner)).rejects.toThrow('hung up');
	close();
	await expect(storeFile(scannedBy(ctx, scanner), pdf('x'))).rejects.toMatchObject(unavailable);
	expect(await storeFile(scannedBy(ctx, undefined), pdf('x'))).toMatchObject({ contentType: 'application/pdf' });
});

test('a file larger than the scanner takes is refused in words that say so, and doctor says it before', async ({
	ctx
}) => {
	const { scanner, close } = await aScanner({ mostBytes: 2_000_000 });
	const by = scannedBy(ctx, scanner);
	const tooLarge = { kind: 'conflict', code: 'form.scan_too_large' };
	await expect(storeFile(by, pdf('x'.repeat(4_000_000)))).rejects.toMatchObject(tooLarge);
	await expect(storeFile(by, pdf('x'))).resolves.toBeDefined();
	const pool = openDatabase(ctx.config.databaseUrl, { max: 1 });
	const told = async (config: Partial<Config>) => {
		const findings = await examine({ sql: pool.sql, config: { ...ctx.config, ...config } });
		return findings.find(({ part }) => part.includes('Virus scanner'));
	};
	try {
		expect(await told({})).toMatchObject({ state: 'warning', says: expect.stringContaining('SCAN_CLAMD') });
		expect(await told({ scanner })).toMatchObject({
			state: 'problem',
			says: expect.stringMatching(/ClamAV 1.+does not take files of 50 MB \(StreamMaxLength/)
		});
		expect(await told({ scanner, formMaxBytes: 1024 ** 2 })).toMatchObject({
			state: 'ok',
			says: 'ClamAV 1.4.2/27000; 1 MB'
		});
		close();
		expect(await told({ scanner })).toMatchObject({ state: 'problem', says: expect.stringContaining('ECONNREFUSED') });
	} finally {
		await pool.close();
	}
});

test('each file of a package is scanned before it is kept; what waits for the scanner is imported later', async ({
	ctx
}) => {
	const { files, scanner, close } = await aScanner({ mostBytes: 4_000_000 });
	const by = scannedBy(ctx, scanner);
	const unit = await aUnit(ctx, { name: 'Sở Tư pháp' });
	const good = { 'imsmanifest.xml': manifest12('Bài mẫu', [{ id: 'a' }]), 'a.html': '<p>a</p>' };
	const large = new Uint8Array(2 * 1024 ** 2).fill(7);
	const arrive = async (zip: Uint8Array) => {
		const target = await beginUpload(by, await addPackage(by, ctx.db, { unitId: unit.id, title: 'Gói' }));
		await ctx.storage.put(sourceKey(target), zip, { contentType: 'application/zip' });
		await finishUpload(by, target, { name: 'goi.zip', sizeBytes: zip.byteLength });
		return target;
	};
	const imported = async (zip: Uint8Array) => {
		const target = await arrive(zip);
		await runJobs(by, packageJobs);
		return findRevision(ctx.db, target);
	};
	expect(await imported(zipOf({ ...good, 'lon.mp4': large }))).toMatchObject({ state: 'ready', fileCount: 3 });
	expect(
		files
			.map((file) => file.byteLength)
			.toSorted((a, b) => a - b)
			.at(-1)
	).toBe(large.byteLength);
	expect(files).toHaveLength(3);
	const infected = { state: 'rejected', failureCode: 'form.file_infected', sourceKey: null };
	expect(await imported(zipOf({ ...good, 'setup.exe': EICAR }))).toMatchObject(infected);
	expect(await imported(zipOf({ ...good, 'lon.mp4': Buffer.concat([large, Buffer.from(EICAR)]) }))).toMatchObject(
		infected
	);
	const tooLarge = { state: 'failed', failureCode: 'form.scan_too_large', sourceKey: expect.any(String) };
	expect(await imported(zipOf({ ...good, 'lon.mp4': new Uint8Array(8 * 1024 ** 2).fill(7) }))).toMatchObject(tooLarge);
	close();
	const target = await arrive(zipOf(good));
	await expect(runJobs(by, packageJobs)).rejects.toMatchObject({ code: 'form.scan_unavailable' });
	expect(await findRevision(ctx.db, target)).toMatchObject({ state: 'queued', attempts: 0, manifest: null });
	await importPackage.run(scannedBy(ctx, undefined), target, new AbortController().signal);
	expect(await findRevision(ctx.db, target)).toMatchObject({ state: 'ready' });
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

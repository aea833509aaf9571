// Packages from the upload's end to a revision in force: real zip files, real store, real job.
import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { launchableItems } from '#lib/scorm/manifest.ts';
import { auditEvents } from '#lib/server/audit/tables.ts';
import { units } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { findRevision } from '#lib/server/scorm/access.ts';
import { importPackage } from '#lib/server/scorm/import-job.ts';
import { addPackage, beginUpload, cancelImport, finishUpload } from '#lib/server/scorm/import.ts';
import { packageJobs } from '#lib/server/scorm/jobs.ts';
import { fileKey, revisionPrefix, sourceKey, type PackageTarget } from '#lib/server/scorm/keys.ts';
import { packageFiles, packages } from '#lib/server/scorm/tables.ts';
import { runJobs } from '../support/jobs.ts';
import { folderOf, manifest12, packagePath, packagesOf, zipOf } from '../support/scorm-packages.ts';
import { test as base } from '../support/test.ts';

const test = base.extend('unitId', async ({ ctx }) => {
	const [unit] = await ctx.db.insert(units).values({ code: 'MH', path: '1' }).returning({ id: units.id });
	return unit!.id;
});

/** A package whose file has arrived and waits for its import. */
async function uploaded(ctx: Context, unitId: string, zip: Uint8Array | string): Promise<PackageTarget> {
	const packageId = await addPackage(ctx, ctx.db, { unitId, title: 'Gói' });
	const target = await beginUpload(ctx, packageId);
	const options = { contentType: 'application/zip' };
	if (typeof zip === 'string') await ctx.storage.putFile(sourceKey(target), zip, options);
	else await ctx.storage.put(sourceKey(target), zip, options);
	await finishUpload(ctx, target, { name: 'goi.zip', sizeBytes: 1 });
	return target;
}

async function imported(ctx: Context, unitId: string, zip: Uint8Array | string) {
	const target = await uploaded(ctx, unitId, zip);
	await runJobs(ctx, packageJobs);
	return { target, revision: (await findRevision(ctx.db, target))! };
}

async function storedKeys(ctx: Context, target: PackageTarget): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of ctx.storage.list(revisionPrefix(target))) keys.push(key);
	return keys;
}

const workFolders = ({ config }: Context) => fs.readdir(path.join(config.dataDir, 'tmp')).catch(() => []);

const GOOD = { 'imsmanifest.xml': manifest12('Bài mẫu', [{ id: 'a' }]), 'a.html': '<p>a</p>' };

describe('a package', () => {
	test('comes into force whole: manifest, files under numbers, the pointer of the package', async ({ ctx, unitId }) => {
		const { target, revision } = await imported(
			ctx,
			unitId,
			zipOf({
				...GOOD,
				'media/Ảnh 1.PNG': 'png',
				'x/.htaccess': 'deny',
				'big.bin': new Uint8Array(3 * 1024 ** 2).fill(7)
			})
		);
		expect(revision).toMatchObject({ state: 'ready', fileCount: 5, failureCode: null });
		const rows = await ctx.db.select().from(packageFiles).where(eq(packageFiles.packageId, target.packageId));
		const row = (name: string) => rows.find(({ path: each }) => each === name)!;
		expect(await text(await ctx.storage.get(fileKey(target, row('a.html').number)))).toBe('<p>a</p>');
		expect(row('media/Ảnh 1.PNG')).toMatchObject({ contentType: 'image/png', sizeBytes: 3 });
		expect(row('x/.htaccess').contentType).toBe('application/octet-stream');
		expect((await ctx.storage.head(fileKey(target, row('big.bin').number)))?.sizeBytes).toBe(3 * 1024 ** 2);
		const [owner] = await ctx.db.select().from(packages);
		expect(owner!.readyRevision).toBe(1);
		expect(await workFolders(ctx)).toEqual([]);
	});

	test('that wraps its content in a folder is taken out of it', async ({ ctx, unitId }) => {
		const wrapped = Object.fromEntries(Object.entries(GOOD).map(([name, body]) => [`Bài 1/${name}`, body]));
		const { revision, target } = await imported(ctx, unitId, zipOf({ ...wrapped, '__MACOSX/._a.html': 'x' }));
		expect(revision.remarks.map(({ code }) => code)).toEqual(['wrapper_folder']);
		const rows = await ctx.db.select().from(packageFiles).where(eq(packageFiles.packageId, target.packageId));
		expect(rows.map(({ path: each }) => each).toSorted()).toEqual(['a.html', 'imsmanifest.xml']);
	});

	test('of another kind is told apart, and nothing of it stays', async ({ ctx, unitId }) => {
		const others: Record<string, Record<string, string>> = {
			'scorm.is_cmi5': { 'cmi5.xml': '<courseStructure/>', 'index.html': '' },
			'scorm.is_h5p': { 'h5p.json': '{}', 'content/content.json': '{}' },
			'scorm.is_aicc': { 'c.au': '', 'c.crs': '', 'c.des': '', 'c.cst': '' },
			'scorm.is_xapi': { 'tincan.xml': '<tincan/>', 'index.html': '' },
			'scorm.is_website': { 'index.html': '' },
			'scorm.no_manifest': { 'a.png': '' }
		};
		for (const [code, files] of Object.entries(others)) {
			const { revision, target } = await imported(ctx, unitId, zipOf(files));
			expect(revision).toMatchObject({ state: 'rejected', failureCode: code, sourceKey: null });
			expect(await storedKeys(ctx, target)).toEqual([]);
		}
	});

	test('whose import is stopped half-way leaves no half revision, and the next run makes it whole', async ({
		ctx,
		unitId
	}) => {
		const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}.txt`, `${i}`]));
		const target = await uploaded(ctx, unitId, zipOf({ ...GOOD, ...files }));
		const stop = new AbortController();
		let puts = 0;
		const storage = new Proxy(ctx.storage, {
			get: (store, name, receiver) => {
				if (name === 'put' && ++puts === 20) stop.abort(new Error('killed'));
				return Reflect.get(store, name, receiver) as unknown;
			}
		});
		await expect(importPackage.run({ ...ctx, storage }, target, stop.signal)).rejects.toThrow('killed');
		expect(await findRevision(ctx.db, target)).toMatchObject({ state: 'queued', manifest: null });
		expect(await ctx.db.select().from(packageFiles)).toEqual([]);
		await importPackage.run(ctx, target, new AbortController().signal);
		expect(await findRevision(ctx.db, target)).toMatchObject({ state: 'ready', fileCount: 42 });
	});

	test('that is cancelled while it waits disappears from the store', async ({ ctx, unitId }) => {
		const target = await uploaded(ctx, unitId, zipOf(GOOD));
		await cancelImport(ctx, target.packageId);
		await runJobs(ctx, packageJobs);
		expect(await findRevision(ctx.db, target)).toMatchObject({ state: 'cancelled' });
		expect(await storedKeys(ctx, target)).toEqual([]);
	});

	test('uploaded again is another revision; the earlier one stays as it is', async ({ ctx, unitId }) => {
		const { target } = await imported(ctx, unitId, zipOf(GOOD));
		const second = await beginUpload(ctx, target.packageId);
		expect(second.revision).toBe(2);
		await ctx.storage.put(sourceKey(second), zipOf({ 'x.png': '' }), { contentType: 'application/zip' });
		await finishUpload(ctx, second, { name: 'b.zip', sizeBytes: 1 });
		await runJobs(ctx, packageJobs);
		expect(await findRevision(ctx.db, second)).toMatchObject({ state: 'rejected' });
		const [owner] = await ctx.db.select().from(packages);
		expect(owner!.readyRevision).toBe(1);
		expect((await storedKeys(ctx, target)).length).toBe(3);
	});
});

type Verdict = { file: string; expect: 'accept' | 'accept_with_warning' | 'reject' };

describe.skipIf(!folderOf('hostile'))('hostile packages', () => {
	test('get their verdicts, and what is refused leaves nothing behind', async ({ ctx, unitId }) => {
		const verdicts = JSON.parse(readFileSync(packagePath('hostile', 'EXPECTED.json'), 'utf8')) as Verdict[];
		expect(verdicts.map(({ file }) => file).toSorted()).toEqual(packagesOf('hostile'));
		for (const { file, expect: verdict } of verdicts) {
			const { revision, target } = await imported(ctx, unitId, packagePath('hostile', file));
			const given =
				revision.state === 'rejected' ? 'reject' : revision.remarks.length > 0 ? 'accept_with_warning' : 'accept';
			expect.soft([revision.state === 'failed', given], `${file}: ${revision.failureCode}`).toEqual([false, verdict]);
			if (given === 'reject') expect.soft(await storedKeys(ctx, target), file).toEqual([]);
		}
		const refused = await ctx.db.select().from(auditEvents).where(eq(auditEvents.action, 'scorm.rejected'));
		expect(refused.length).toBe(verdicts.filter((each) => each.expect === 'reject').length);
		expect(await workFolders(ctx)).toEqual([]);
	});
});

/** Edition, then items that can be opened, as the packages' own manifests have them. */
const GOLF: Readonly<Record<string, [edition: string, items: number] | string>> = {
	'ComplexNestedOrganization_SCORM12.zip': 'scorm.href_missing',
	'ContentPackagingOneFilePerSCO_SCORM12.zip': ['1.2', 18],
	'ContentPackagingSingleSCO_SCORM12.zip': ['1.2', 1],
	'MalformedXml_SCORM12.zip': 'scorm.xml_malformed',
	'MissingLaunchUrl_SCORM12.zip': 'scorm.no_href',
	'PrerequisitesTest_SCORM12.zip': ['1.2', 4],
	'RunTimeAdvancedCalls_SCORM20043rdEdition.zip': ['2004 3rd Edition', 1],
	'RuntimeBasicCalls_SCORM12.zip': ['1.2', 1],
	'RuntimeBasicCalls_SCORM20043rdEdition.zip': ['2004 3rd Edition', 1],
	'RuntimeMinimumCalls_SCORM12.zip': ['1.2', 18],
	'RuntimeMinimumCalls_SCORM20043rdEdition.zip': ['2004 3rd Edition', 18],
	'SequencingForcedSequential_SCORM20043rdEdition.zip': ['2004 3rd Edition', 5],
	'SequencingPostTestRollup_SCORM20043rdEdition.zip': ['2004 3rd Edition', 5],
	'SequencingSimpleRemediation_SCORM20043rdEdition.zip': ['2004 3rd Edition', 8]
};

describe.skipIf(!folderOf('golf'))('the golf packages', () => {
	test('import with the editions, items and files that they have', async ({ ctx, unitId }) => {
		for (const file of packagesOf('golf')) {
			const { revision } = await imported(ctx, unitId, packagePath('golf', file));
			const wanted = GOLF[file]!;
			if (typeof wanted === 'string') expect.soft(revision, file).toMatchObject({ failureCode: wanted });
			else {
				const [organization] = revision.manifest?.organizations ?? [];
				const items = organization ? launchableItems(organization).length : 0;
				expect.soft([revision.manifest?.edition, items, revision.remarks], file).toEqual([...wanted, []]);
			}
		}
	});
});

describe.skipIf(!folderOf('adl-cts'))('the manifests of the conformance suite', () => {
	test('import with every item, given their files', async ({ ctx, unitId }) => {
		const names = await fs.readdir(packagePath('adl-cts', 'manifests'));
		expect(names.length).toBeGreaterThan(100);
		for (const name of ['CM-01', 'DDMa', 'OB-09a', 'SX-07d']) {
			const manifest = await fs.readFile(packagePath('adl-cts', 'manifests', name, 'imsmanifest.xml'));
			const files = { 'imsmanifest.xml': manifest, 'resources/SequencingTest.htm': '', 'resources/Asset.htm': '' };
			const { revision } = await imported(ctx, unitId, zipOf(files));
			const count = [...manifest.toString().matchAll(/<item\s[^>]*identifierref/g)].length;
			const opened = launchableItems(revision.manifest!.organizations[0]!).length;
			expect.soft([revision.state, opened], `${name} ${revision.failureCode}`).toEqual(['ready', count]);
		}
	});
});

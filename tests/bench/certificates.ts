import os from 'node:os';
import { runBatch, startBatch } from '#lib/server/certificates/batch.ts';
import { classSheet } from '#lib/server/certificates/class-page.ts';
import { saveTemplate } from '#lib/server/certificates/templates.ts';
import { people } from '#lib/server/organisation/tables.ts';
import { loadConfig } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { openServices } from '#lib/server/platform/services.ts';
import { participations } from '#lib/server/training/tables.ts';
import { fold } from '#lib/text/fold.ts';
import { prepare } from '../../src/entry/prepare.ts';
import { startTestCluster } from '../support/cluster.ts';
import { aClass, aProvince } from '../support/training-world.ts';
import { cpuMsOfTree, printTable } from './measure.ts';

const COUNT = 1000;

/** Cost of issuing 1,000 certificates in one job, each with its number, its message and its PDF; the aim is 60 s. */
export async function benchCertificates(): Promise<void> {
	const cluster = await startTestCluster();
	try {
		const admin = openDatabase(cluster.postgres.url('postgres'), { max: 1 });
		await admin.sql.unsafe('create database bench');
		await admin.close();
		const config = loadConfig({
			DATABASE_URL: cluster.postgres.url('bench'),
			DATA_DIR: cluster.folder,
			SECRET_KEY: 'bench-secret-bench-secret-bench-secret'
		});
		await prepare(config);
		const services = await openServices({ workers: false, max: 5, config });
		try {
			await measure(services.systemContext('bench'), cluster.postgres.pid);
		} finally {
			await services.close();
		}
	} finally {
		await cluster.remove();
	}
}

async function measure(ctx: Context, databasePid: number): Promise<void> {
	const activityId = await aCompletedClass(ctx);
	const { batchId } = await startBatch(ctx, activityId);
	const issue = await timed(databasePid, () => runBatch(ctx, batchId, new AbortController().signal));
	const sheet = await timed(databasePid, () => classSheet(ctx, activityId));
	printTable(
		`${COUNT} certificates; load average ${os.loadavg()[0]?.toFixed(1)}`,
		['work', 'time s', 'CPU s', 'database CPU s'],
		[
			['one job: numbers, messages, PDFs', ...issue],
			['one PDF of the whole class', ...sheet]
		]
	);
}

async function timed(databasePid: number, work: () => Promise<unknown>): Promise<string[]> {
	const [startedAt, own, database] = [performance.now(), process.cpuUsage(), cpuMsOfTree(databasePid)];
	await work();
	const { user, system } = process.cpuUsage(own);
	const spent = [performance.now() - startedAt, (user + system) / 1000, cpuMsOfTree(databasePid) - database];
	return spent.map((ms) => (ms / 1000).toFixed(1));
}

async function aCompletedClass(ctx: Context): Promise<string> {
	const { department } = await aProvince(ctx);
	await saveTemplate(ctx, department.id, {
		...{ title: 'Giấy chứng nhận', governingBody: 'UBND tỉnh Minh Họa', issuingBody: 'Sở Tư pháp', place: 'Minh Họa' },
		...{ signerTitle: 'Giám đốc', signerName: 'Trần Minh Họa', numberSuffix: 'GCN', policy: 'at_once', version: 0 },
		...{ completionText: 'Đã hoàn thành lớp tập huấn', hasNationalHeading: true, hasSealPlace: true },
		...{ logo: undefined, removesLogo: false }
	});
	const activityId = await aClass(ctx, department);
	const names = Array.from({ length: COUNT }, (_, i) => `Nguyễn Thị Phương Thảo ${i}`);
	const made = await ctx.db
		.insert(people)
		.values(names.map((fullName) => ({ fullName, givenName: 'Thảo', searchName: fold(fullName) })))
		.returning({ id: people.id });
	await ctx.db.insert(participations).values(
		made.map(({ id }) => ({
			...{ personId: id, activityId, unitIdThen: department.id },
			...{ completedOn: '2026-11-20', completedRecordedAt: ctx.now }
		}))
	);
	return activityId;
}

import { inArray, lt } from 'drizzle-orm';
import { changeSets } from '../audit/tables.ts';
import type { Actor } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import { isDomainError } from '../platform/errors.ts';
import { defineJob } from '../platform/queue.ts';
import { takeRosterImport } from './roster-imports.ts';
import { runRoster, update } from './roster-run.ts';
import { rosterImports } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'organisation.check_roster': { importId: string };
		'organisation.import_roster': { importId: string };
		'organisation.forget_imports': Record<string, never>;
	}
}

const RETRIES = { retryLimit: 3, retryDelay: 5, retryBackoff: true, expireInSeconds: 30 * 60, heartbeatSeconds: 30 };

/** How long sent files and lists of faulty rows are kept, and an import can be taken back. */
const KEPT_DAYS = 30;

/** Dry run of a roster file. Safe to run twice: it only counts. */
const checkRosterJob = defineJob({
	name: 'organisation.check_roster',
	queue: RETRIES,
	run: (ctx, { importId }, signal) => runRosterImport(ctx, importId, { isWriting: false, signal })
});

/** Writes the good rows. Safe to run twice: rows written before are found unchanged, and `done_rows` says where to go on. */
const importRosterJob = defineJob({
	name: 'organisation.import_roster',
	queue: RETRIES,
	run: (ctx, { importId }, signal) => runRosterImport(ctx, importId, { isWriting: true, signal })
});

/** Removes what imports left behind: files, and what they changed, which can be taken back until then (personal data: kept no longer than its purpose). */
const forgetImportsJob = defineJob({
	name: 'organisation.forget_imports',
	queue: { retryLimit: 2 },
	cron: '40 2 * * *',
	async run(ctx) {
		const before = new Date(ctx.now.getTime() - KEPT_DAYS * 86_400_000);
		const old = await ctx.db.delete(rosterImports).where(lt(rosterImports.recordedAt, before)).returning({
			source: rosterImports.storageKey,
			errors: rosterImports.errorWorkbookKey,
			setId: rosterImports.changeSetId
		});
		await ctx.db.delete(changeSets).where(inArray(changeSets.id, setsOf(old)));
		await ctx.storage.delete(old.flatMap(({ source, errors }) => [source, errors]).filter((key) => key !== null));
	}
});

const setsOf = (rows: readonly { setId: string | null }[]) => rows.flatMap(({ setId }) => (setId ? [setId] : []));

/** Jobs of this module, for entry/jobs.ts. */
export const organisationJobs = [checkRosterJob, importRosterJob, forgetImportsJob];

/**
 * One run of an import, by a job or the command line. A file that cannot be read ends it with its reason; anything else
 * is thrown so that the queue tries again.
 */
export async function runRosterImport(
	ctx: Context,
	importId: string,
	{ isWriting, signal }: { isWriting: boolean; signal?: AbortSignal }
): Promise<void> {
	const taken = await takeRosterImport(ctx, importId, isWriting ? 'importing' : 'checking');
	if (!taken) return;
	try {
		await runRoster({ ...ctx, actor: senderOf(taken.accountId) ?? ctx.actor }, taken, { isWriting, signal });
	} catch (error) {
		const failureCode = isDomainError(error) ? error.code : 'organisation.import_interrupted';
		await update(ctx.db, importId, { state: 'failed', failureCode });
		if (!isDomainError(error)) throw error;
	}
}

/** Changes are recorded as those of the account that sent the file; what it may touch stands in the import itself. */
function senderOf(accountId: string | null): Actor | undefined {
	return accountId ? { kind: 'account', accountId, displayName: '', grants: [] } : undefined;
}

import { asc, desc, eq } from 'drizzle-orm';
import { itemsOf, launchableItems } from '#lib/scorm/manifest.ts';
import { interactionsOf, type Interaction } from '#lib/scorm/results.ts';
import type { Standing, Values } from '#lib/scorm/runtime/status.ts';
import type { Database } from '../../platform/database.ts';
import { attemptItems, commits, launches } from '../runtime-tables.ts';
import type { Attempt } from './attempts.ts';
import { manifestOf, organizationOf } from './manifests.ts';

/** Commits of an attempt that a page shows, newest first. */
const MOST_COMMITS = 300;

/** One item of an attempt as a trainer reads it. */
export type ItemRecord = Standing &
	Readonly<{
		item: string;
		title: string;
		values: Values;
		interactions: readonly Interaction[];
		interactionCount: number;
		exit: string | null;
		totalS: number;
		sessions: number;
		savedAt: Date;
	}>;

/** One commit: what changed, when, in which session. */
export type CommitRecord = Readonly<{
	launchId: string;
	sequence: number;
	at: Date;
	title: string;
	changes: Values;
	isTerminate: boolean;
}>;

/** All that one attempt left behind. The caller has authorised. */
export async function getAttemptRecord(db: Database, attempt: Attempt) {
	const manifest = await manifestOf(db, attempt);
	const organization = organizationOf(manifest, attempt.organization);
	const titles = new Map(itemsOf(organization).map(({ identifier, title }) => [identifier, title]));
	const titleOf = (item: string) => titles.get(item) ?? item;
	const rows = await db
		.select()
		.from(attemptItems)
		.where(eq(attemptItems.attemptId, attempt.id))
		.orderBy(asc(attemptItems.sessionStartedAt));
	const items = rows.map(({ data, earlierS, sessionS, ...row }): ItemRecord => {
		const values = JSON.parse(data) as Values;
		const interactions = interactionsOf(values);
		const { item, completion, success, score, exit, sessions, savedAt } = row;
		return {
			...{ item, completion, success, score, exit, sessions, savedAt, values, interactions },
			title: titleOf(item),
			interactionCount: interactions.length,
			totalS: earlierS + sessionS
		};
	});
	const journal = await db
		.select({ commit: commits })
		.from(commits)
		.innerJoin(launches, eq(launches.id, commits.launchId))
		.where(eq(launches.attemptId, attempt.id))
		.orderBy(desc(commits.at), desc(commits.sequence))
		.limit(MOST_COMMITS);
	return {
		...attempt,
		itemCount: launchableItems(organization).length,
		items,
		journal: journal.map(({ commit: { launchId, sequence, at, item, changes, isTerminate } }): CommitRecord => ({
			...{ launchId, sequence, at, isTerminate },
			title: titleOf(item),
			changes: JSON.parse(changes) as Values
		}))
	};
}

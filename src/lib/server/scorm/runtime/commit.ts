import { sql } from 'drizzle-orm';
import { itemsOf } from '#lib/scorm/manifest.ts';
import type { CommitAnswer, CommitRequest } from '#lib/scorm/runtime/protocol.ts';
import { bestOf, isSameStanding, standingOf, type Standing, type Values } from '#lib/scorm/runtime/status.ts';
import type { Context } from '../../platform/context.ts';
import { within } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { settleAttempt } from './attempts.ts';
import { isOfToken, keepAlive, LAUNCH_COLUMNS, type Launch } from './launches.ts';
import { manifestOf, organizationOf } from './manifests.ts';
import { cut, merge, sessionSeconds } from './values.ts';

/** What is done in the same transaction when an attempt has come to more than before. */
export type Settle = (ctx: Context, tx: Database, launch: Launch, standing: Standing) => Promise<void>;

type Held = Launch &
	Standing & {
		data: string;
		interactionBase: number;
		earlierS: number;
		sessionS: number;
		/** Seconds since the session began, by the database's clock. */
		sinceS: number;
	};

/** How often a commit is read again when another one of the same launch was written in between. */
const TRIES = 4;

/**
 * Takes commits of an open item. Each has a number: one that was taken before changes nothing and is answered as the first
 * time, so that whatever was not answered can be sent again. Answers true only when the database has committed.
 * Two statements without a lock between them: the second takes effect only where the launch is as the first one read it.
 */
export async function takeCommits(
	ctx: Context,
	token: string,
	request: CommitRequest,
	settle: Settle
): Promise<CommitAnswer> {
	for (let i = 0; i < TRIES; i++) {
		const held = await hold(ctx.db, isOfToken(token), request.item);
		if (!held) return { ok: false, code: 'over' };
		if (held.isSuperseded) return { ok: false, code: 'elsewhere' };
		const answer = await take(ctx, held, request, settle);
		if (answer) return answer;
	}
	return { ok: false, code: 'crossed' };
}

/**
 * Takes what an earlier launch of the same attempt could not send (a killed browser, a cut line), as long as nothing newer
 * was saved since.
 * @param token of the newer launch, which has not opened anything yet
 */
export async function takeLeftCommits(
	ctx: Context,
	token: string,
	{ launchId, ...request }: CommitRequest & { launchId: string },
	settle: Settle
): Promise<CommitAnswer> {
	const isEarlier = sql`l.id = ${launchId}::uuid and exists (select from scorm_launch l2 where l2.attempt_id = l.attempt_id
		and l2.item is null and l2.started_at >= l.started_at and l2.id in (select l.id from scorm_launch l where ${isOfToken(token)}))
		and not exists (select from scorm_launch l3 where l3.attempt_id = l.attempt_id and l3.started_at > l.started_at and l3.sequence > 0)`;
	const held = await hold(ctx.db, isEarlier, request.item);
	if (!held) return { ok: false, code: 'elsewhere' };
	return (await take(ctx, held, request, settle)) ?? { ok: false, code: 'crossed' };
}

async function hold(db: Database, isLaunch: ReturnType<typeof sql>, item: string): Promise<Held | undefined> {
	const [row] = await db.execute<Held>(sql`
		select ${LAUNCH_COLUMNS}, i.data, i.completion, i.success, i.score, i.interaction_base as "interactionBase",
			i.earlier_s as "earlierS", i.session_s as "sessionS",
			extract(epoch from now() - i.session_started_at)::float8 as "sinceS"
		from scorm_launch l left join scorm_attempt_item i on i.attempt_id = l.attempt_id and i.item = ${item}
		where ${isLaunch}`);
	return row;
}

/** @returns undefined when another commit came between */
async function take(
	ctx: Context,
	held: Held,
	request: CommitRequest,
	settle: Settle
): Promise<CommitAnswer | undefined> {
	const fresh = request.commits
		.filter(({ sequence }) => sequence > held.sequence)
		.toSorted((a, b) => a.sequence - b.sequence);
	if (held.mode !== 'normal' || !held.attemptId) return { ok: true, saved: lastOf(request), isKept: false };
	if (fresh.length === 0) return { ok: true, saved: held.sequence, isKept: true };
	if (held.data === null) return { ok: false, code: 'over' };
	const manifest = await manifestOf(ctx.db, held);
	const { standard } = manifest;
	const item = itemsOf(organizationOf(manifest, held.organization)).find(
		({ identifier }) => identifier === request.item
	);
	const isTerminated = fresh.some((commit) => commit.isTerminate);
	const merged = merge(standard, JSON.parse(held.data) as Values, fresh, held.interactionBase);
	if (!merged) return { ok: false, code: 'too_large' };
	const rules = { standard, masteryScore: item?.masteryScore, failedCompletes: held.settings.failedCompletes };
	const before: Standing = { completion: held.completion, success: held.success, score: held.score };
	const standing = bestOf(before, standingOf(merged.values, rules, isTerminated));
	const write = { held, request, fresh, merged, standing, isTerminated, sessionS: sessionSeconds(merged.values, held) };
	const hasNews = !isSameStanding(before, standing) || request.engine !== undefined;
	if (!hasNews) {
		if (!(await writeCommits(ctx.db, write))) return undefined;
		return { ok: true, saved: lastOf(request), isKept: true };
	}
	return ctx.db.transaction(async (tx) => {
		if (!(await writeCommits(tx, write))) return undefined;
		const launch = { ...held, attemptId: held.attemptId! };
		const settled = await settleAttempt(ctx, tx, launch, request.engine);
		if (settled.isChanged) await settle(within(ctx, tx), tx, launch, settled.standing);
		return { ok: true, saved: lastOf(request), isKept: true, standing, attempt: settled.standing };
	});
}

const lastOf = ({ commits }: CommitRequest) => Math.max(...commits.map(({ sequence }) => sequence));

type Write = Readonly<{
	held: Held;
	request: CommitRequest;
	fresh: CommitRequest['commits'];
	merged: NonNullable<ReturnType<typeof merge>>;
	standing: Standing;
	isTerminated: boolean;
	sessionS: number;
}>;

async function writeCommits(
	db: Database,
	{ held, request, fresh, merged, standing, isTerminated, sessionS }: Write
): Promise<boolean> {
	const journal = fresh.map((commit) => ({
		sequence: commit.sequence,
		changes: JSON.stringify(cut(commit.values)),
		is_terminate: commit.isTerminate
	}));
	const exit = merged.values[`cmi.${merged.exitElement}`] ?? '';
	const rows = await db.execute(sql`
		with moved as (
			update scorm_launch set sequence = ${fresh.at(-1)!.sequence}
			where id = ${held.id} and sequence = ${held.sequence} and is_superseded = ${held.isSuperseded}
			returning id
		), kept as (
			update scorm_attempt_item set data = ${JSON.stringify(merged.values)}, completion = ${standing.completion},
				success = ${standing.success}, score = ${standing.score}::float8, session_s = ${sessionS}::float8,
				exit = ${isTerminated ? exit : null}, saved_at = now()
			where attempt_id = ${held.attemptId} and item = ${request.item} and exists (select from moved)
		), stated as (
			update scorm_attempt set saved_at = now()
			where id = ${held.attemptId} and exists (select from moved)
		), told as (
			insert into scorm_commit (launch_id, sequence, item, at, changes, is_terminate)
			select moved.id, c.sequence, ${request.item}, now(), c.changes, c.is_terminate
			from moved, json_to_recordset(${JSON.stringify(journal)}::text::json) as c(sequence int, changes text, is_terminate boolean)
		)
		select 1 from moved`);
	if (rows.length > 0) await keepAlive(db, held);
	return rows.length > 0;
}

import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ScormSettings } from '#lib/scorm/settings.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { packageOriginOf } from '../../platform/origins.ts';
import type { PackageTarget } from '../keys.ts';
import { launches, type LaunchMode } from '../runtime-tables.ts';

const MINUTE = 60 * 1000;
/** A launch lives as long as this without a word of its player, which speaks every minute; and never longer than a day's work. */
const IDLE_MS = 15 * MINUTE;
const WHOLE_MS = 12 * 60 * MINUTE;

/** What is opened, by whom and how. */
export type LaunchPlan = Readonly<
	PackageTarget & {
		organization: string;
		mode: LaunchMode;
		attemptId: string | null;
		registrationId: string | null;
		settings: ScormSettings;
		sessionId: Buffer;
	}
>;

/** The player's address; no origin where there is no content host. */
export type LaunchAddress = Readonly<{ origin: string | null; path: string }>;

/**
 * Opens a package: the caller has authorised. Any other launch of the same registration ends now, and is told so with its
 * next commit: two tabs that both save would each undo the other's place.
 * @returns where its player is; the token in the path, 24 random bytes, is not seen again
 */
export async function beginLaunch(ctx: Context, tx: Database, plan: LaunchPlan): Promise<LaunchAddress> {
	if (ctx.actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	if (plan.registrationId) {
		await tx
			.update(launches)
			.set({ endedAt: ctx.now, isSuperseded: true })
			.where(and(eq(launches.registrationId, plan.registrationId), isNull(launches.endedAt)));
	}
	const token = randomBytes(24).toString('base64url');
	await tx.insert(launches).values({
		...plan,
		tokenHash: hashOf(token),
		accountId: ctx.actor.accountId,
		personId: ctx.actor.personId ?? null,
		startedAt: ctx.now,
		lastSeenAt: ctx.now,
		endsAt: new Date(ctx.now.getTime() + WHOLE_MS)
	});
	return { origin: packageOriginOf(ctx.config, plan.packageId) ?? null, path: `/l/${token}/player` };
}

/** A launch that is open, or was taken over by a newer one. */
export type Launch = Readonly<{
	id: string;
	attemptId: string | null;
	registrationId: string | null;
	packageId: string;
	revision: number;
	organization: string;
	mode: LaunchMode;
	settings: ScormSettings;
	accountId: string;
	personId: string | null;
	item: string | null;
	sequence: number;
	isSuperseded: boolean;
	isEnded: boolean;
	/** Nothing was heard of it for a while: it may save, but not fetch. */
	isIdle: boolean;
	/** It was heard of within the last minute. */
	isFresh: boolean;
}>;

/** Columns of {@link Launch}, for queries on `l`. */
export const LAUNCH_COLUMNS = sql`l.id, l.attempt_id as "attemptId", l.registration_id as "registrationId",
	l.package_id as "packageId", l.revision, l.organization, l.mode, l.settings, l.account_id as "accountId",
	l.person_id as "personId", l.item, l.sequence, l.is_superseded as "isSuperseded", l.ended_at is not null as "isEnded",
	l.last_seen_at < now() - ${IDLE_MS / 1000} * interval '1 second' as "isIdle",
	l.last_seen_at > now() - interval '50 seconds' as "isFresh"`;

/** Condition on `l`: the launch of this token, within its day, of a session that lives. */
export const isOfToken = (token: string) => sql`l.token_hash = ${hashOf(token)} and l.ends_at > now()
	and exists (select from session s where s.id = l.session_id and s.expires_at > now() and s.ends_at > now())`;

/** The launch of a token; undefined once its day or its session is over. */
export async function findLaunch(db: Database, token: string): Promise<Launch | undefined> {
	const [row] = await db.execute<Launch>(sql`select ${LAUNCH_COLUMNS} from scorm_launch l where ${isOfToken(token)}`);
	return row;
}

/** Use of a launch is use of its session too, moved at most once a minute. */
export async function keepAlive(db: Database, { id, isFresh }: Pick<Launch, 'id' | 'isFresh'>): Promise<void> {
	if (isFresh) return;
	await db.execute(sql`
		with seen as (
			update scorm_launch set last_seen_at = now() where id = ${id}
			returning session_id
		)
		update session set last_seen_at = now(), expires_at = least(now() + idle_s * interval '1 second', ends_at)
		where id in (select session_id from seen)`);
}

/** The learner has left. */
export async function endLaunch(db: Database, launchId: string): Promise<void> {
	await db
		.update(launches)
		.set({ endedAt: sql`now()` })
		.where(and(eq(launches.id, launchId), isNull(launches.endedAt)));
}

function hashOf(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}

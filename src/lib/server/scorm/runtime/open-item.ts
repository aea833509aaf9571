import { and, desc, eq, sql } from 'drizzle-orm';
import { launchableItems, type Item, type Manifest, type Organization } from '#lib/scorm/manifest.ts';
import type { EngineState, OpenAnswer, Opened, OpenRequest } from '#lib/scorm/runtime/protocol.ts';
import { NOT_BEGUN, type Standing, type Values } from '#lib/scorm/runtime/status.ts';
import { secondsOf } from '#lib/scorm/runtime/time.ts';
import { people } from '../../organisation/tables.ts';
import { within, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { attemptItems, attempts, launches } from '../runtime-tables.ts';
import { settleAttempt, itemStandings } from './attempts.ts';
import type { Settle } from './commit.ts';
import { keepAlive, type Launch } from './launches.ts';
import { isSequenced, launchableItem, manifestOf, organizationOf } from './manifests.ts';
import { carryOver, seedOf, type Entry } from './seed.ts';
import { isUnlocked, tocOf } from './toc.ts';
import { countInteractions } from './values.ts';

/**
 * Opens an item of a launch, or tells where to begin: a new session of the item, with what the run-time is to know.
 * @param asked without an item: wherever the learner should go on
 * @throws {DomainError} `not_found` for an item that cannot be opened, `conflict` `scorm.item_locked`
 */
export async function openItem(
	ctx: Context,
	launch: Launch,
	{ item: identifier, engine }: OpenRequest,
	settle: Settle
): Promise<OpenAnswer> {
	const manifest = await manifestOf(ctx.db, launch);
	const organization = organizationOf(manifest, launch.organization);
	return ctx.db.transaction(async (tx) => {
		await tx.execute(sql`select from scorm_launch where id = ${launch.id} for update`);
		const standings = launch.attemptId ? await itemStandings(tx, launch.attemptId) : new Map<string, Standing>();
		if (engine) await keepEngine(within(ctx, tx), tx, launch, engine, settle);
		const isOwn = isSequenced(manifest, organization);
		const wanted = identifier ?? (isOwn ? undefined : await whereToGoOn(tx, launch, organization, standings));
		const place = { launch, manifest, organization, standings };
		const opened = wanted ? await open(within(ctx, tx), tx, place, wanted, settle) : undefined;
		await keepAlive(tx, launch);
		const now = launch.attemptId ? await itemStandings(tx, launch.attemptId) : standings;
		return {
			launchId: launch.id,
			attemptId: launch.attemptId,
			standard: manifest.standard,
			mode: launch.mode,
			title: organization.title,
			toc: tocOf(organization, now),
			...(opened && { opened }),
			...(isOwn && !identifier && { sequencing: { organization, state: await engineStateOf(tx, launch) } })
		};
	});
}

/** The item that was left open, else the first that is not complete, else the first. */
async function whereToGoOn(
	tx: Database,
	launch: Launch,
	organization: Organization,
	standings: ReadonlyMap<string, Standing>
) {
	const items = launchableItems(organization);
	const canOpen = ({ identifier }: Item) => launch.mode !== 'normal' || isUnlocked(organization, identifier, standings);
	const isDone = ({ identifier }: Item) => standings.get(identifier)?.completion === 'completed';
	const [last] = launch.attemptId
		? await tx
				.select({ item: attemptItems.item })
				.from(attemptItems)
				.where(and(eq(attemptItems.attemptId, launch.attemptId), sql`(exit is null or exit = 'suspend')`))
				.orderBy(desc(attemptItems.savedAt))
				.limit(1)
		: [];
	const left = items.find((item) => item.identifier === last?.item && (!isDone(item) || items.every(isDone)));
	return (left ?? items.find((item) => !isDone(item) && canOpen(item)) ?? items.find(canOpen) ?? items[0]!).identifier;
}

type Place = Readonly<{
	launch: Launch;
	manifest: Manifest;
	organization: Organization;
	standings: ReadonlyMap<string, Standing>;
}>;

async function open(ctx: Context, tx: Database, place: Place, identifier: string, settle: Settle): Promise<Opened> {
	const { launch, manifest, organization, standings } = place;
	const item = launchableItem(organization, identifier);
	if (launch.mode === 'normal' && !isUnlocked(organization, identifier, standings))
		throw new DomainError('conflict', 'scorm.item_locked');
	const session = launch.attemptId
		? await beginSession(ctx, tx, { ...launch, attemptId: launch.attemptId }, place, identifier)
		: FRESH;
	await tx.update(launches).set({ item: identifier }).where(eq(launches.id, launch.id));
	if (launch.attemptId && launch.mode === 'normal')
		await countOpening(ctx, tx, { ...launch, attemptId: launch.attemptId }, item, settle);
	const limitS = secondsOf(item.maxTimeAllowed ?? '');
	return {
		item: identifier,
		title: item.title,
		address: addressOf(item.launch),
		kind: item.launch.kind,
		seed: seedOf({
			...session,
			standard: manifest.standard,
			item,
			mode: launch.mode,
			learner: await learnerOf(tx, launch)
		}),
		limit:
			limitS === null
				? null
				: { action: item.timeLimitAction ?? 'continue,no message', leftS: Math.max(0, limitS - session.totalS) },
		hideLmsUi: item.hideLmsUi ?? []
	};
}

type Session = Readonly<{ values: Values; entry: Entry; standing: Standing; totalS: number }>;
const FRESH: Session = { values: {}, entry: 'ab-initio', standing: NOT_BEGUN, totalS: 0 };

/** Ends the item's earlier session and begins the next; looking again changes nothing. */
async function beginSession(
	ctx: Context,
	tx: Database,
	launch: Launch & { attemptId: string },
	{ manifest }: Place,
	item: string
): Promise<Session> {
	const isHere = and(eq(attemptItems.attemptId, launch.attemptId), eq(attemptItems.item, item));
	const [row] = await tx.select().from(attemptItems).where(isHere).for('update');
	const fresh = { attemptId: launch.attemptId, item, sessionStartedAt: ctx.now, savedAt: ctx.now };
	if (!row) {
		if (launch.mode === 'normal') await tx.insert(attemptItems).values({ ...fresh, completion: 'incomplete' });
		return FRESH;
	}
	const all = JSON.parse(row.data) as Values;
	const standing = { completion: row.completion, success: row.success, score: row.score };
	const totalS = row.earlierS + row.sessionS;
	if (launch.mode !== 'normal') return { values: all, entry: '', standing, totalS };
	const keepAfterExit = launch.settings.keepAfterExit;
	const { values, entry } = carryOver({ standard: manifest.standard, keepAfterExit }, { values: all, exit: row.exit });
	const isContinued = manifest.standard === '2004' && entry === 'resume';
	await tx
		.update(attemptItems)
		.set({
			data: JSON.stringify(withoutSession(values)),
			interactionBase: isContinued ? row.interactionBase : countInteractions(values),
			exit: null,
			earlierS: totalS,
			sessionS: 0,
			sessionStartedAt: ctx.now,
			sessions: row.sessions + 1
		})
		.where(isHere);
	const seen = isContinued ? fromBase(values, row.interactionBase) : withoutInteractions(values);
	return { values: seen, entry, standing, totalS };
}

function withoutSession(values: Values): Values {
	const { 'cmi.core.session_time': _a, 'cmi.session_time': _b, 'cmi.core.exit': _c, 'cmi.exit': _d, ...rest } = values;
	return rest;
}

const INTERACTION = /^cmi\.interactions\.(\d+)\./;

function withoutInteractions(values: Values): Values {
	return Object.fromEntries(Object.entries(values).filter(([element]) => !INTERACTION.test(element)));
}

/** Interactions of the present attempt at the item, numbered from 0 as its content knows them. */
function fromBase(values: Values, base: number): Values {
	return Object.fromEntries(
		Object.entries(values).flatMap(([element, value]) => {
			const index = INTERACTION.exec(element)?.[1];
			if (index === undefined) return [[element, value]];
			const own = Number(index) - base;
			return own < 0 ? [] : [[element.replace(/\d+/, String(own)), value]];
		})
	);
}

async function engineStateOf(tx: Database, { attemptId }: Launch): Promise<string | null> {
	if (!attemptId) return null;
	const [row] = await tx.select({ state: attempts.engineState }).from(attempts).where(eq(attempts.id, attemptId));
	return row?.state ?? null;
}

/** Keeps how far the sequencing of a package has come, and what the whole has come to with it. */
export async function keepEngine(
	ctx: Context,
	tx: Database,
	launch: Launch,
	engine: EngineState,
	settle: Settle
): Promise<void> {
	if (launch.mode !== 'normal' || !launch.attemptId) return;
	const { standing, isChanged } = await settleAttempt(ctx, tx, { ...launch, attemptId: launch.attemptId }, engine);
	if (isChanged) await settle(ctx, tx, launch, standing);
}

/** What has no run-time is complete once it is shown; so is everything where the author says so. */
async function countOpening(
	ctx: Context,
	tx: Database,
	launch: Launch & { attemptId: string },
	item: Item,
	settle: Settle
) {
	if (item.launch?.kind === 'asset' || launch.settings.openingCompletes) {
		await tx
			.update(attemptItems)
			.set({ completion: 'completed' })
			.where(and(eq(attemptItems.attemptId, launch.attemptId), eq(attemptItems.item, item.identifier)));
	}
	const { standing, isChanged } = await settleAttempt(ctx, tx, launch);
	if (isChanged) await settle(ctx, tx, launch, standing);
}

/** Name as both standards write it, "Last, First": in Vietnamese the given name comes last. */
async function learnerOf(tx: Database, { personId, accountId }: Launch): Promise<{ id: string; name: string }> {
	if (!personId) return { id: accountId, name: 'Giảng viên, Xem thử' };
	const [person] = await tx
		.select({ fullName: people.fullName, givenName: people.givenName })
		.from(people)
		.where(eq(people.id, personId));
	const { fullName, givenName } = person ?? { fullName: '', givenName: '' };
	const family = fullName.endsWith(givenName) ? fullName.slice(0, -givenName.length).trim() : fullName;
	return { id: personId, name: `${family}, ${givenName}` };
}

function addressOf({ path, search, hash }: NonNullable<Item['launch']>): string {
	return `f/${path.split('/').map(encodeURIComponent).join('/')}${search}${hash}`;
}

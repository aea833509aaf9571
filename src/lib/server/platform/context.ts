import type { Actor } from '../identity/actor.ts';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Queue } from './queue.ts';
import type { ObjectStore } from './storage/object-store.ts';

/**
 * All that a use case needs of the world: whom it acts for, when, and where it reads and writes. A plain value, made per
 * request by hooks.server.ts, per job by the workers, per call by the command line and tests.
 */
export type Context = Readonly<{
	db: Database;
	queue: Queue;
	storage: ObjectStore;
	config: Config;
	actor: Actor;
	now: Date;
	/** Ties log lines and audit events of one request or job together. */
	requestId: string;
	/** Address of the client as the configured proxy reports it; absent in jobs and on the command line. */
	clientAddress?: string;
}>;

/** The context of the same request inside a transaction, for use cases that call other modules' use cases. */
export function within(ctx: Context, tx: Database): Context {
	return { ...ctx, db: tx };
}

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** The calendar day of an instant in Asia/Ho_Chi_Minh as `yyyy-mm-dd`. */
export function dayOf(instant: Date): string {
	return DAY.format(instant);
}

/** Today in Asia/Ho_Chi_Minh as `yyyy-mm-dd`. */
export function today(ctx: Pick<Context, 'now'>): string {
	return dayOf(ctx.now);
}

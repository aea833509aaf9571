import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { recordAudit } from '../../audit/record.ts';
import { drawQr, type QrDrawing } from '../../identity/slip-qr.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { checkInWindows } from '../attendance-tables.ts';
import { codeAt, newWindowCode, STEP_S } from './codes.ts';
import { getSitting, openSitting, type SittingKey } from './sitting.ts';

const MINUTE_MS = 60_000;

/**
 * Lets people check themselves in at a sitting for some minutes, or until it ends. A window that is open is replaced.
 * @throws {DomainError} `conflict` before the doors open, after the end of the sitting, or once the class is reported
 */
export async function openWindow(ctx: Context, key: SittingKey, minutes: number | 'end'): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const { activity, session } = await openSitting(ctx, tx, key);
		if (session.endsAt <= ctx.now) throw new DomainError('conflict', 'training.sitting_over');
		const until = minutes === 'end' ? session.endsAt : new Date(ctx.now.getTime() + minutes * MINUTE_MS);
		const closesAt = until < session.endsAt ? until : session.endsAt;
		await close(ctx, tx, session.id);
		await tx.insert(checkInWindows).values({
			...{ sessionId: session.id, code: newWindowCode(), opensAt: ctx.now, closesAt },
			openedBy: accountOf(ctx.actor)
		});
		await recordAudit(ctx, tx, 'check_in.opened', {
			...{ objectId: activity.id, unitId: activity.organiserUnitId, sessionId: session.id, closesAt }
		});
	});
}

/** No more check-ins from now on; pages that are open already still have their few minutes. */
export async function closeWindow(ctx: Context, key: SittingKey): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const { activity, session } = await openSitting(ctx, tx, key);
		await close(ctx, tx, session.id);
		await recordAudit(ctx, tx, 'check_in.closed', {
			...{ objectId: activity.id, unitId: activity.organiserUnitId, sessionId: session.id }
		});
	});
}

async function close(ctx: Context, tx: Database, sessionId: string): Promise<void> {
	await tx
		.update(checkInWindows)
		.set({ closesAt: sql`greatest(${checkInWindows.opensAt}, ${ctx.now.toISOString()}::timestamptz)` })
		.where(and(eq(checkInWindows.sessionId, sessionId), gt(checkInWindows.closesAt, ctx.now)));
}

/** What the wall shows now: the code as address and QR drawing, how long it holds, and how many have come. */
export type Wall = Readonly<{
	present: number;
	open?: Readonly<{ address: string; code: string; qr: QrDrawing; secondsLeft: number; closesAt: Date }>;
}>;

/**
 * @param origin where people's telephones reach the product, `https://host`
 * @throws {DomainError} `not_found` for sittings of classes that are not the actor's
 */
export async function readWall(ctx: Context, key: SittingKey, origin: string): Promise<Wall> {
	const { session } = await getSitting(ctx, key);
	const [window] = await ctx.db
		.select()
		.from(checkInWindows)
		.where(and(eq(checkInWindows.sessionId, session.id), gt(checkInWindows.closesAt, ctx.now)))
		.orderBy(desc(checkInWindows.opensAt))
		.limit(1);
	const [row] = await ctx.db.execute<{ n: number }>(sql`select count(*)::int as n from session_attendance a
		join participation p on p.id = a.participation_id and p.voided_at is null
		where a.session_id = ${session.id} and a.minutes > 0`);
	const present = row?.n ?? 0;
	if (!window) return { present };
	const code = codeAt(ctx.config, window.code, ctx.now);
	const address = `${origin}/check-in/${code}`;
	const secondsLeft = STEP_S - (Math.floor(ctx.now.getTime() / 1000) % STEP_S);
	return { present, open: { address, code, qr: drawQr(address), secondsLeft, closesAt: window.closesAt } };
}

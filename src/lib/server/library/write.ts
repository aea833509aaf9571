import { and, eq, max } from 'drizzle-orm';
import type { NewResourceInput, ResourceInput } from '#lib/library/input.ts';
import { fold } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { getUnit } from '../organisation/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { factsText, getManagedResource } from './read.ts';
import { storeFile, type StoredFile } from './take-in.ts';
import { resourceFiles, resources } from './tables.ts';

/**
 * Puts a resource into the library of a unit: a file, or for a link the address of the original.
 * @throws {DomainError} `not_found` outside the actor's units; `invalid` without file and address
 */
export async function addResource(ctx: Context, { file, unitId, ...facts }: NewResourceInput): Promise<string> {
	await getUnit(ctx.db, authorise(ctx.actor, 'library:manage'), unitId);
	const hasFile = file !== undefined && file.size > 0;
	if (!hasFile && !facts.sourceUrl) throw new DomainError('invalid', 'library.nothing_to_show');
	const stored = hasFile ? await storeFile(ctx, file) : undefined;
	return ctx.db.transaction(async (tx) => {
		const [added] = await tx
			.insert(resources)
			.values({ ...facts, unitId, searchText: fold(factsText(facts)), recordedBy: accountIdOf(ctx.actor) })
			.returning({ id: resources.id });
		if (!added) throw new Error('resource was not inserted');
		if (stored) await attach(ctx, tx, added.id, stored, null);
		await recordAudit(ctx, tx, 'resource.added', { objectId: added.id, unitId, kind: facts.kind });
		return added.id;
	});
}

/** Changes the facts. @throws {DomainError} `not_found`; `conflict` `form.stale` */
export async function changeResource(
	ctx: Context,
	resourceId: string,
	{ version, ...facts }: ResourceInput
): Promise<void> {
	const { resource } = await getManagedResource(ctx, resourceId);
	await ctx.db.transaction(async (tx) => {
		const changed = await tx
			.update(resources)
			.set({ ...facts, searchText: fold(factsText(facts)), version: version + 1 })
			.where(and(eq(resources.id, resourceId), eq(resources.version, version)))
			.returning({ id: resources.id });
		if (changed.length === 0) throw new DomainError('conflict', 'form.stale');
		await ctx.queue.send(tx, 'library.index', { resourceId });
		await recordAudit(ctx, tx, 'resource.changed', { objectId: resourceId, unitId: resource.unitId });
	});
}

/** Puts a newer file in the place of the present one, which stays for those who manage the resource. */
export async function addVersion(
	ctx: Context,
	resourceId: string,
	{ file, note }: { file: File; note: string }
): Promise<void> {
	const { resource } = await getManagedResource(ctx, resourceId);
	const stored = await storeFile(ctx, file);
	await ctx.db.transaction(async (tx) => {
		await attach(ctx, tx, resourceId, stored, note);
		await recordAudit(ctx, tx, 'resource.version_added', { objectId: resourceId, unitId: resource.unitId });
	});
}

/** Takes a resource off the library; it stays for those who manage it. */
export async function withdrawResource(ctx: Context, resourceId: string, reason: string): Promise<void> {
	const { resource } = await getManagedResource(ctx, resourceId);
	await ctx.db.transaction(async (tx) => {
		await tx
			.update(resources)
			.set({ withdrawnAt: ctx.now, withdrawReason: reason })
			.where(eq(resources.id, resourceId));
		await recordAudit(ctx, tx, 'resource.withdrawn', { objectId: resourceId, unitId: resource.unitId, reason });
	});
}

async function attach(
	ctx: Context,
	tx: Database,
	resourceId: string,
	stored: StoredFile,
	note: string | null
): Promise<void> {
	await tx.select({ id: resources.id }).from(resources).where(eq(resources.id, resourceId)).for('update');
	const [last] = await tx
		.select({ number: max(resourceFiles.number) })
		.from(resourceFiles)
		.where(eq(resourceFiles.resourceId, resourceId));
	await tx.insert(resourceFiles).values({
		...stored,
		...{ resourceId, number: (last?.number ?? 0) + 1, note, recordedBy: accountIdOf(ctx.actor) }
	});
	await ctx.queue.send(tx, 'library.index', { resourceId });
}

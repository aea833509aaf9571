import { and, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { ResourceKind } from '#lib/library/input.ts';
import { fold, likeContains } from '#lib/text/fold.ts';
import { authorise, can, covers } from '../identity/permissions.ts';
import { listCategories, listLegalFields } from '../organisation/reference-data.ts';
import { listUnitChoices } from '../organisation/unit-pages.ts';
import { units } from '../organisation/tables.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { resourceFiles, resources } from './tables.ts';

const PER_PAGE = 24;
/** Addresses in a page work this long, seconds. */
const ADDRESS_LIFE_S = 60 * 60;

/** What the library is narrowed to; `text` is words that must all be found, with or without marks. */
export type LibraryFilter = Readonly<{
	text?: string;
	kind?: ResourceKind;
	field?: string;
	audience?: string;
	page: number;
}>;

const unitName = sql<string>`(select v.name from unit_version v where v.unit_id = ${resources.unitId}
	order by v.valid_from desc limit 1)`;

/** Resources that stand, the newest first, with what the filters offer. */
export async function listResources(ctx: Context, filter: LibraryFilter) {
	requireAccount(ctx);
	const where = and(isNull(resources.withdrawnAt), ...conditions(filter));
	const [rows, [total], fields, audiences] = await Promise.all([
		ctx.db
			.select({
				id: resources.id,
				kind: resources.kind,
				title: resources.title,
				summary: resources.summary,
				documentNo: resources.documentNo,
				isAiGenerated: resources.isAiGenerated,
				views: resources.views,
				downloads: resources.downloads,
				recordedAt: resources.recordedAt,
				unitName
			})
			.from(resources)
			.where(where)
			.orderBy(desc(resources.recordedAt), resources.id)
			.limit(PER_PAGE)
			.offset((filter.page - 1) * PER_PAGE),
		ctx.db.select({ count: count() }).from(resources).where(where),
		listLegalFields(ctx.db, today(ctx)),
		listCategories(ctx.db, today(ctx))
	]);
	return {
		rows,
		total: total?.count ?? 0,
		pageCount: Math.ceil((total?.count ?? 0) / PER_PAGE),
		fields,
		audiences,
		mayManage: can(ctx.actor, 'library:manage')
	};
}

/** A resource with its newest file; opening it is counted. @throws {DomainError} `not_found` also for a withdrawn one */
export async function openResource(ctx: Context, resourceId: string) {
	requireAccount(ctx);
	const resource = await findResource(ctx, resourceId);
	if (resource.withdrawnAt && !resource.mayManage) throw new DomainError('not_found', 'library.no_resource');
	await ctx.db
		.update(resources)
		.set({ views: sql`${resources.views} + 1` })
		.where(eq(resources.id, resourceId));
	const file = await newestFile(ctx.db, resourceId);
	const isShown = file && /^(audio|image)\/|^application\/pdf/.test(file.contentType);
	const [fields, audiences] = await Promise.all([
		listLegalFields(ctx.db, today(ctx), resource.legalFields),
		listCategories(ctx.db, today(ctx))
	]);
	const { searchText: _, path: __, ...shown } = resource;
	return {
		resource: { ...shown, views: shown.views + 1 },
		file: file && {
			...{ id: file.id, name: file.name, sizeBytes: file.sizeBytes, contentType: file.contentType },
			number: file.number,
			viewUrl: isShown
				? ctx.storage.signedUrl(file.storageKey, { expiresInS: ADDRESS_LIFE_S, contentType: file.contentType })
				: null
		},
		fields: fields.filter(({ code }) => resource.legalFields.includes(code)),
		audiences: audiences.filter(({ code }) => resource.audience.includes(code))
	};
}

/** The address of a file to take away, counted. Older files are for those who manage the resource. */
export async function downloadAddress(ctx: Context, resourceId: string, fileId: string): Promise<string> {
	requireAccount(ctx);
	const resource = await findResource(ctx, resourceId);
	const newest = await newestFile(ctx.db, resourceId);
	const [file] = await ctx.db
		.select()
		.from(resourceFiles)
		.where(and(eq(resourceFiles.id, fileId), eq(resourceFiles.resourceId, resourceId)));
	const isOpen = file && !resource.withdrawnAt && file.id === newest?.id;
	if (!file || (!isOpen && !resource.mayManage)) throw new DomainError('not_found', 'library.no_resource');
	await ctx.db
		.update(resources)
		.set({ downloads: sql`${resources.downloads} + 1` })
		.where(eq(resources.id, resourceId));
	return ctx.storage.signedUrl(file.storageKey, {
		...{ expiresInS: 300, downloadName: file.name, contentType: file.contentType }
	});
}

/** What a form about a resource offers. */
export async function getLibraryChoices(ctx: Context) {
	const [units, fields, audiences] = await Promise.all([
		listUnitChoices(ctx, 'library:manage'),
		listLegalFields(ctx.db, today(ctx)),
		listCategories(ctx.db, today(ctx))
	]);
	return { units: units.map(({ value, label }) => ({ value, label })), fields, audiences };
}

/** A resource to edit with all its files. @throws {DomainError} `not_found` outside the actor's units */
export async function getManagedResource(ctx: Context, resourceId: string) {
	authorise(ctx.actor, 'library:manage');
	const { searchText: _, path: __, ...resource } = await findResource(ctx, resourceId);
	if (!resource.mayManage) throw new DomainError('not_found', 'library.no_resource');
	const files = await ctx.db
		.select({
			id: resourceFiles.id,
			number: resourceFiles.number,
			name: resourceFiles.name,
			sizeBytes: resourceFiles.sizeBytes,
			note: resourceFiles.note,
			recordedAt: resourceFiles.recordedAt
		})
		.from(resourceFiles)
		.where(eq(resourceFiles.resourceId, resourceId))
		.orderBy(desc(resourceFiles.number));
	return { resource, files };
}

/** The facts that search looks into. */
export function factsText(
	facts: Partial<Record<'title' | 'summary' | 'author' | 'documentNo' | 'issuer', string | null>>
) {
	return [facts.title, facts.summary, facts.author, facts.documentNo, facts.issuer].filter(Boolean).join(' ');
}

export async function newestFile(db: Database, resourceId: string) {
	const [file] = await db
		.select()
		.from(resourceFiles)
		.where(eq(resourceFiles.resourceId, resourceId))
		.orderBy(desc(resourceFiles.number))
		.limit(1);
	return file;
}

async function findResource(ctx: Context, resourceId: string) {
	const [row] = await ctx.db
		.select({ resource: resources, path: units.path, unitName })
		.from(resources)
		.innerJoin(units, eq(units.id, resources.unitId))
		.where(eq(resources.id, resourceId));
	if (!row) throw new DomainError('not_found', 'library.no_resource');
	const mayManage = can(ctx.actor, 'library:manage') && covers(authorise(ctx.actor, 'library:manage'), row.path);
	return { ...row.resource, path: row.path, unitName: row.unitName, mayManage };
}

function requireAccount({ actor }: Context): void {
	if (actor.kind === 'anonymous') throw new DomainError('unauthenticated', 'identity.sign_in_required');
}

function conditions({ text, kind, field, audience }: LibraryFilter): (SQL | undefined)[] {
	const words = fold(text ?? '')
		.split(/\s+/)
		.filter((word) => word !== '');
	return [
		...words.slice(0, 10).map((word) => sql`${resources.searchText} like ${likeContains(word)}`),
		kind ? eq(resources.kind, kind) : undefined,
		field ? sql`${field} = any(${resources.legalFields})` : undefined,
		audience ? sql`(${resources.audience} = '{}' or ${audience} = any(${resources.audience}))` : undefined
	];
}

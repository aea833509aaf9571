import { launchableItems, type Item, type Manifest } from '#lib/scorm/manifest.ts';
import type { ContentLine, PackageContent, PackageStatus } from '#lib/scorm/status.ts';
import type { Permission } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { findNewestRevision, findRevision, getPackage, type Revision } from './access.ts';
import { canRetry, isStuck } from './import.ts';

/** Who may look at a package outside of a class. */
const PACKAGE_READERS = ['course:author', 'course:approve'] as const satisfies readonly Permission[];

/** Lines of a table of contents that a page shows. */
const MOST_LINES = 300;

/**
 * How a package stands, for the trainer's page.
 * @param pinned the revision that a published lesson shows, where it is not the newest
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getPackageStatus(
	ctx: Context,
	packageId: string,
	pinned: number | null = null
): Promise<PackageStatus> {
	const { readyRevision } = await getPackage(ctx, packageId, ...PACKAGE_READERS);
	const newest = await findNewestRevision(ctx.db, packageId);
	const shownRevision = pinned ?? readyRevision;
	const shown =
		shownRevision === newest?.revision
			? newest
			: shownRevision === null
				? undefined
				: await findRevision(ctx.db, { packageId, revision: shownRevision });
	return {
		packageId,
		revision: newest?.revision ?? 0,
		state: newest?.state ?? 'none',
		percent: Math.floor(newest?.progressPercent ?? 0),
		failure: newest?.failureCode ? { code: newest.failureCode, params: newest.failureParams } : null,
		isStuck: newest ? isStuck(newest, ctx.now) : false,
		canRetry: Boolean(newest?.sourceKey) && newest !== undefined && canRetry(newest, ctx.now),
		sourceName: newest?.sourceName ?? null,
		sourceSizeBytes: newest?.sourceSizeBytes ?? null,
		remarks: newest?.remarks ?? [],
		isOlderReady: shown !== undefined && shown.revision !== newest?.revision,
		content: shown ? contentOf(shown) : null
	};
}

function contentOf({ revision, manifest, fileCount, totalBytes }: Revision): PackageContent | null {
	if (!manifest) return null;
	return {
		revision,
		edition: manifest.edition,
		title: manifest.title,
		fileCount: fileCount ?? 0,
		totalBytes: totalBytes ?? 0,
		organizations: manifest.organizations.map((organization) => ({
			identifier: organization.identifier,
			title: organization.title,
			isDefault: organization.identifier === manifest.defaultOrganization,
			itemCount: launchableItems(organization).length,
			lines: linesOf(organization.items, 0).slice(0, MOST_LINES)
		}))
	};
}

function linesOf(items: Manifest['organizations'][number]['items'], depth: number): ContentLine[] {
	return items.flatMap((item: Item) => [
		{ title: item.title, depth, isOpenable: item.launch !== undefined },
		...linesOf(item.items, depth + 1)
	]);
}

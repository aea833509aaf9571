import { and, eq } from 'drizzle-orm';
import { itemsOf, type Item, type Manifest, type Organization } from '#lib/scorm/manifest.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import type { PackageTarget } from '../keys.ts';
import { revisions } from '../tables.ts';

/** Manifests kept in memory: a revision that is ready never changes. */
const MOST_KEPT = 50;
const kept = new Map<string, Manifest>();

/** @throws {DomainError} `not_found` for a revision that is not ready */
export async function manifestOf(db: Database, { packageId, revision }: PackageTarget): Promise<Manifest> {
	const key = `${packageId}/${revision}`;
	const known = kept.get(key);
	if (known) return known;
	const [row] = await db
		.select({ manifest: revisions.manifest })
		.from(revisions)
		.where(and(eq(revisions.packageId, packageId), eq(revisions.revision, revision), eq(revisions.state, 'ready')));
	if (!row?.manifest) throw new DomainError('not_found', 'scorm.no_such_package');
	if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
	kept.set(key, row.manifest);
	return row.manifest;
}

/** The organization by its identifier, else the package's default. */
export function organizationOf(manifest: Manifest, identifier: string | null): Organization {
	const named = (wanted: string | null) => manifest.organizations.find((one) => one.identifier === wanted);
	return named(identifier) ?? named(manifest.defaultOrganization) ?? manifest.organizations[0]!;
}

/** @throws {DomainError} `not_found` for an item that cannot be opened */
export function launchableItem(organization: Organization, identifier: string): Item & Required<Pick<Item, 'launch'>> {
	const item = itemsOf(organization).find((one) => one.identifier === identifier);
	if (!item?.launch) throw new DomainError('not_found', 'scorm.no_such_item');
	return { ...item, launch: item.launch };
}

/** True when the player runs the package's own sequencing: 2004 with more than one thing to open. */
export function isSequenced(manifest: Manifest, organization: Organization): boolean {
	return manifest.standard === '2004' && itemsOf(organization).filter((item) => item.launch).length > 1;
}

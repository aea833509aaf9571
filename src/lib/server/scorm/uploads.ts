import type { Config } from '../platform/config.ts';
import type { UploadKind } from '../platform/uploads/kind.ts';
import type { UploadTarget } from '../platform/uploads/target.ts';
import { finishUpload, getUpload } from './import.ts';
import { sourceKey, type PackageTarget } from './keys.ts';
import { PACKAGE_LIMITS } from './package/archive.ts';

/** Begins the address of a package's upload: `/uploads/scorm-<package>.<revision>`. */
const KIND = 'scorm';

/** Packages, as the server of uploads takes them in. */
export function packageUploads(config: Pick<Config, 'uploadMaxBytes'>): UploadKind {
	return {
		name: KIND,
		maxBytes: packageMaxBytes(config),
		unnamed: 'scorm.zip',
		sourceKey: (target) => sourceKey(packageOf(target)),
		async find(ctx, target) {
			const { state, sourceKey: key, sourceSizeBytes } = await getUpload(ctx, packageOf(target));
			return { isOpen: state === 'awaiting_upload', storedBytes: key ? (sourceSizeBytes ?? 0) : null };
		},
		finish: (ctx, target, file) => finishUpload(ctx, packageOf(target), file)
	};
}

/** Largest zip file, bytes: what it holds may not be larger either. */
export function packageMaxBytes({ uploadMaxBytes }: Pick<Config, 'uploadMaxBytes'>): number {
	return Math.min(uploadMaxBytes, PACKAGE_LIMITS.totalBytes);
}

export const packageUpload = ({ packageId, revision }: PackageTarget): UploadTarget => ({
	kind: KIND,
	id: packageId,
	revision
});

const packageOf = ({ id, revision }: UploadTarget): PackageTarget => ({ packageId: id, revision });

import type { Config } from '../platform/config.ts';
import type { UploadKind } from '../platform/uploads/kind.ts';
import type { UploadTarget } from '../platform/uploads/target.ts';
import { sourceKey, type LectureTarget } from './keys.ts';
import { reserveRoom } from './quota.ts';
import { finishUpload, getUpload } from './service.ts';

/** Begins the address of a lecture's upload: `/uploads/lecture-<lecture>.<revision>`. */
const KIND = 'lecture';

/** Lecture files, as the server of uploads takes them in. */
export function lectureUploads({ uploadMaxBytes }: Pick<Config, 'uploadMaxBytes'>): UploadKind {
	return {
		name: KIND,
		maxBytes: uploadMaxBytes,
		unnamed: 'video',
		sourceKey: ({ id, revision }) => sourceKey(id, revision),
		async find(ctx, target) {
			const { state, sourceKey: key, sourceSizeBytes } = await getUpload(ctx, lectureOf(target));
			return { isOpen: state === 'awaiting_upload', storedBytes: key ? (sourceSizeBytes ?? 0) : null };
		},
		admit: (ctx, target, sizeBytes) => reserveRoom(ctx, lectureOf(target), sizeBytes),
		finish: (ctx, target, file) => finishUpload(ctx, lectureOf(target), file)
	};
}

export const lectureUpload = ({ lectureId, revision }: LectureTarget): UploadTarget => ({
	kind: KIND,
	id: lectureId,
	revision
});

const lectureOf = ({ id, revision }: UploadTarget): LectureTarget => ({ lectureId: id, revision });

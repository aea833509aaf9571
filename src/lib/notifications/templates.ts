import { certificateNotices } from '../certificates/notices.ts';
import { forumNotices } from '../forum/notices.ts';
import { learningNotices } from '../learning/notices.ts';
import { privacyNotices } from '../privacy/notices.ts';
import { reportingNotices } from '../reporting/notices.ts';
import { trainingNotices } from '../training/notices.ts';
import { announcementNotices } from './announcement-notices.ts';
import type { NoticeDefinition, ParamsOf } from './notice.ts';
import { systemNotices } from './system-notices.ts';

/** Every kind of message the product sends: one line per module that has some (`lib/<module>/notices.ts`). */
export const TEMPLATES = {
	...announcementNotices,
	...certificateNotices,
	...forumNotices,
	...learningNotices,
	...privacyNotices,
	...reportingNotices,
	...systemNotices,
	...trainingNotices
};

export type NoticeKey = keyof typeof TEMPLATES;
/** Values that a message of this kind takes. */
export type NoticeParams<K extends NoticeKey> = ParamsOf<(typeof TEMPLATES)[K]>;

/** The kind of message of a stored key; undefined when a later version dropped it. */
export function findTemplate(key: string): NoticeDefinition | undefined {
	return Object.hasOwn(TEMPLATES, key) ? (TEMPLATES as Record<string, NoticeDefinition>)[key] : undefined;
}

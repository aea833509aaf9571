import { assessmentJobs } from '#lib/server/assessment/jobs.ts';
import { auditJobs } from '#lib/server/audit/jobs.ts';
import { certificateJobs } from '#lib/server/certificates/jobs.ts';
import { learningJobs } from '#lib/server/learning/jobs.ts';
import { evidencePackJobs } from '#lib/server/reporting/evidence-pack/jobs.ts';
import { lectureJobs, mediaJobs } from '#lib/server/lectures/jobs.ts';
import { libraryJobs } from '#lib/server/library/jobs.ts';
import { notificationJobs } from '#lib/server/notifications/jobs.ts';
import { organisationJobs } from '#lib/server/organisation/jobs.ts';
import type { JobDefinition, JobName } from '#lib/server/platform/queue.ts';
import { privacyJobs } from '#lib/server/privacy/jobs.ts';
import { reportingJobs } from '#lib/server/reporting/jobs.ts';
import { packageJobs } from '#lib/server/scorm/jobs.ts';
import { trainingJobs } from '#lib/server/training/jobs.ts';
import { convertMedia } from './convert-media-job.ts';

/**
 * Which process takes which work. Every job of the product stands in exactly one of the two lists; a start with a job in
 * both or with a queue nobody serves is a defect that `tests/integration/jobs.test.ts` finds.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads differ by job; defineJob has tied each to its name
type AnyJob = JobDefinition<any> | JobDefinition<JobName>;

/** Short work on the database: imports, notifications, clean-up. */
export const WORKER_JOBS: readonly AnyJob[] = [
	...auditJobs,
	...organisationJobs,
	...notificationJobs,
	...assessmentJobs,
	...lectureJobs,
	...packageJobs,
	...trainingJobs,
	...learningJobs,
	...certificateJobs,
	...libraryJobs,
	...reportingJobs,
	...evidencePackJobs,
	...privacyJobs
];

/** Work that keeps a core busy for minutes: ffmpeg, document conversion. */
export const MEDIA_JOBS: readonly AnyJob[] = [...mediaJobs, convertMedia];

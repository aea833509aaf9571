import type { JobDefinition } from '../platform/queue.ts';
import { importPackage } from './import-job.ts';
import { tidyPackages } from './tidy-job.ts';

/** Work on packages: on the database and the store, seldom for more than seconds. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads differ by job; defineJob has tied each to its name
export const packageJobs: readonly JobDefinition<any>[] = [importPackage, tidyPackages];

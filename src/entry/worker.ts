// Short jobs on the database: imports, notifications, clean-up.
import { WORKER_JOBS } from './jobs.ts';
import { work } from './work.ts';

await work(WORKER_JOBS, 10_000);

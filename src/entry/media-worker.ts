// Jobs that keep a core busy for minutes. A stop aborts them soon: they would not end in any time people wait for.
import { MEDIA_JOBS } from './jobs.ts';
import { work } from './work.ts';

await work(MEDIA_JOBS, 2_000);

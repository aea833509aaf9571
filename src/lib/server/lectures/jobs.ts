import type { JobDefinition } from '../platform/queue.ts';
import { convertDocument } from './convert-document-job.ts';
import { composeSample } from './demo/compose-job.ts';
import { helpEncoding } from './help-job.ts';
import { makeSoundFile } from './make-sound-file-job.ts';
import { recogniseSpeech } from './recognise-speech-job.ts';
import { sweepObjects } from './sweep-job.ts';
import { tidyUploads } from './tidy-uploads-job.ts';
import { transcodeLecture } from './transcode-job.ts';

/** Work that keeps a core busy for minutes. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads differ by job; defineJob has tied each to its name
export const mediaJobs: readonly JobDefinition<any>[] = [
	transcodeLecture,
	helpEncoding,
	convertDocument,
	makeSoundFile,
	recogniseSpeech,
	composeSample
];

/** Short work on the database and the store. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export const lectureJobs: readonly JobDefinition<any>[] = [tidyUploads, sweepObjects];

import type { UploadKind } from './question.ts';

/** Where files of an attempt go (of one question with `?position=`), and how large one may be. */
export type FilesTo = Readonly<{ url: string; maxBytes: number }>;

/** A file that was handed in as (part of) an answer. `url` works for a few hours. */
export type AttemptFile = Readonly<{ id: string; name: string; sizeBytes: number; kind: UploadKind; url: string }>;

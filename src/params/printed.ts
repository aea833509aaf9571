import { readFileName } from '#lib/assessment/printed-file.ts';

/** Names of the files of a printed paper. */
export const match = (param: string): boolean => readFileName(param) !== undefined;

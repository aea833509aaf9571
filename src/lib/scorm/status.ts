import type { Remark } from './manifest.ts';

/** How a package's newest file stands, as the trainer's page gets it. */
export type PackageStatus = {
	packageId: string;
	/** 0 while no upload has begun. */
	revision: number;
	state: 'none' | 'awaiting_upload' | 'queued' | 'importing' | 'ready' | 'rejected' | 'failed' | 'cancelled';
	/** 0–100 of the import. */
	percent: number;
	failure: { code: string; params: Record<string, string | number> } | null;
	/** Nothing has moved for longer than it should. */
	isStuck: boolean;
	canRetry: boolean;
	sourceName: string | null;
	sourceSizeBytes: number | null;
	remarks: Remark[];
	/** An earlier file is still what the lesson shows. */
	isOlderReady: boolean;
	/** Of the newest file that is ready. */
	content: PackageContent | null;
};

/** What is in a package, for a person to read. */
export type PackageContent = {
	revision: number;
	edition: string;
	title: string;
	fileCount: number;
	totalBytes: number;
	organizations: { identifier: string; title: string; isDefault: boolean; itemCount: number; lines: ContentLine[] }[];
};

/** One line of a table of contents; long ones are cut. */
export type ContentLine = { title: string; depth: number; isOpenable: boolean };

/** How a lecture's newest file stands, as the trainer's page gets it. */
export type LectureStatus = {
	lectureId: string;
	/** 0 while no upload has begun. */
	revision: number;
	state: 'none' | 'awaiting_upload' | 'queued' | 'probing' | 'transcoding' | 'ready' | 'failed' | 'cancelled';
	/** 0–100 of the transcoding. */
	percent: number;
	failureCode: string | null;
	/** Nothing has moved for longer than it should. */
	isStuck: boolean;
	sourceName: string | null;
	sourceSizeBytes: number | null;
	durationS: number | null;
	notes: string[];
	qualities: { name: string; kind: 'video' | 'audio'; height: number | null }[];
	canRetry: boolean;
	/** Learners still see an earlier file. */
	isOlderReady: boolean;
};

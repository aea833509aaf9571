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
	/** Why the file was encoded as it was. */
	decision: LectureDecision | null;
	qualities: { name: string; kind: 'video' | 'audio'; height: number | null }[];
	canRetry: boolean;
	/** It can be watched already, in its smallest quality while the others are made. */
	isPlayable: boolean;
	/** Learners still see an earlier file. */
	isOlderReady: boolean;
};

/** What was decided about picture and sound of a file, with the reasons. */
export type LectureDecision = {
	picture?: {
		content: 'still' | 'moving' | 'noisy';
		/** Share of frames that change, 0–1. */
		movingShare: number;
		sourceFps: number;
		fps: number;
		/** Every size that fits the source, largest first. */
		rungs: readonly {
			name: string;
			expectedKbps: number;
			isMade: boolean;
			reason: 'smallest_useful' | 'pays' | 'lighter_not_needed' | 'too_close' | 'too_heavy';
		}[];
	};
	/** Undefined `measuredLufs`: silence. */
	loudness?: { measuredLufs?: number | undefined; gainDb: number };
};

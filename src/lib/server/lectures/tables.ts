import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	check,
	foreignKey,
	index,
	integer,
	pgTable,
	primaryKey,
	real,
	smallint,
	text,
	uuid
} from 'drizzle-orm/pg-core';
import type { Chapter } from '#lib/lectures/chapters.ts';
import type { Storyboard } from '#media-pipeline/storyboard.ts';
import type { MediaDecision, MediaPlan } from '#media-pipeline/plan.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';

/** A recorded lecture of a unit. Its media stand in revisions: a replaced video is a new revision of the same lecture. */
export const lectures = pgTable(
	'lecture',
	{
		id: id(),
		/** Owning unit (organisation.unit). */
		unitId: uuid('unit_id').notNull(),
		title: text('title').notNull(),
		/** The newest revision that can be played; what learners see. */
		readyRevision: integer('ready_revision'),
		/** In order of time. */
		chapters: jsonb('chapters').$type<Chapter[]>().notNull().default([]),
		/** Learners may take the sound with them as an MP3 file. */
		allowsSoundDownload: boolean('allows_sound_download').notNull().default(false),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('lecture_unit').on(table.unitId)]
);

/** awaiting_upload → queued → probing → transcoding → ready | failed | cancelled */
export const LECTURE_STATES = [
	'awaiting_upload',
	'queued',
	'probing',
	'transcoding',
	'ready',
	'failed',
	'cancelled'
] as const;
export type LectureState = (typeof LECTURE_STATES)[number];

/** One rung of the ladder as stored: a single fragmented MP4 and its byte-range playlist. */
export type StoredRendition = Readonly<{
	name: string;
	kind: 'video' | 'audio';
	mediaKey: string;
	playlistKey: string;
	width?: number;
	height?: number;
	fps?: number;
	/** Of the audio rendition, 1 or 2. */
	channels?: number;
	codecs: string;
	/** Bits per second, measured. */
	bandwidth: number;
	averageBandwidth: number;
	sizeBytes: number;
}>;

export type StoredStoryboard = Readonly<Storyboard & { key: string }>;

/** One uploaded file and what became of it. Objects live under `lectures/<lecture>/<revision>/`. */
export const lectureRevisions = pgTable(
	'lecture_revision',
	{
		lectureId: uuid('lecture_id')
			.notNull()
			.references(() => lectures.id, { onDelete: 'cascade' }),
		/** 1, 2, … */
		revision: integer('revision').notNull(),
		state: text('state').$type<LectureState>().notNull(),
		sourceKey: text('source_key'),
		sourceName: text('source_name'),
		/** Announced, while it is awaited. */
		sourceSizeBytes: bigint('source_size_bytes', { mode: 'number' }),
		/** Share of the transcoding done, 0–100; progressAt tells whether it still moves. */
		progressPercent: real('progress_percent').notNull().default(0),
		progressAt: instant('progress_at'),
		/** Code of media-pipeline's MediaFailure or of ours; sentences in lib/i18n/lectures.ts. */
		failureCode: text('failure_code'),
		attempts: smallint('attempts').notNull().default(0),
		durationS: real('duration_s'),
		hasVideo: boolean('has_video'),
		hasAudio: boolean('has_audio'),
		renditions: jsonb('renditions').$type<StoredRendition[]>().notNull().default([]),
		posterKey: text('poster_key'),
		/** Sheet of small pictures for the timeline. */
		storyboard: jsonb('storyboard').$type<StoredStoryboard>(),
		/** What was made of the file and why, for the trainer. */
		decision: jsonb('decision').$type<MediaDecision>(),
		/** What is to be made, while it is being made: who goes on after a crash, and who helps, works by it. */
		plan: jsonb('plan').$type<MediaPlan>(),
		/** Plain MP4 of the lowest rung for browsers below the floor. */
		fallbackKey: text('fallback_key'),
		/** The sound as MP3 to take away; made where the trainer allows it. */
		soundKey: text('sound_key'),
		soundBytes: bigint('sound_bytes', { mode: 'number' }),
		/** Remarks for the trainer: no_audio, audio_only, portrait … */
		notes: text('notes')
			.array()
			.notNull()
			.default(sql`'{}'`),
		jobId: uuid('job_id'),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt(),
		queuedAt: instant('queued_at'),
		startedAt: instant('started_at'),
		finishedAt: instant('finished_at')
	},
	(table) => [
		primaryKey({ columns: [table.lectureId, table.revision] }),
		index('lecture_revision_state').on(table.state)
	]
);

/** A part of a plan that one worker encodes; gone when the lecture is ready. */
export const lectureParts = pgTable(
	'lecture_part',
	{
		lectureId: uuid('lecture_id').notNull(),
		revision: integer('revision').notNull(),
		/** In the order of the plan; what lets a lecture be shown early stands first. */
		position: smallint('position').notNull(),
		state: text('state').$type<'waiting' | 'running' | 'done'>().notNull().default('waiting'),
		/** The run that has it; whoever wrote it last owns the part. */
		run: uuid('run'),
		/** Done of it, 0–1, and seconds of work it stands for. */
		share: real('share').notNull().default(0),
		weightS: real('weight_s').notNull(),
		progressAt: instant('progress_at')
	},
	(table) => [
		primaryKey({ columns: [table.lectureId, table.revision, table.position] }),
		foreignKey({
			columns: [table.lectureId, table.revision],
			foreignColumns: [lectureRevisions.lectureId, lectureRevisions.revision]
		}).onDelete('cascade')
	]
);

/** Captions of a lecture in one language; learners see them once they are published. */
export const captions = pgTable(
	'caption',
	{
		lectureId: uuid('lecture_id')
			.notNull()
			.references(() => lectures.id, { onDelete: 'cascade' }),
		/** BCP 47, `vi`. */
		language: text('language').notNull(),
		state: text('state').$type<'draft' | 'published'>().notNull(),
		/** `automatic`: by speech recognition, marked as such until a person has approved it. */
		origin: text('origin').$type<'file' | 'typed' | 'automatic'>().notNull(),
		/** Optimistic lock: an edit must name the version it saw. */
		lockVersion: integer('lock_version').notNull().default(1),
		changedBy: uuid('changed_by'),
		changedAt: instant('changed_at').notNull().defaultNow(),
		recordedAt: recordedAt()
	},
	(table) => [primaryKey({ columns: [table.lectureId, table.language] })]
);

/** How much lectures of a unit and those below it may take; a unit without a row has no limit of its own. */
export const lectureQuotas = pgTable('lecture_quota', {
	unitId: uuid('unit_id').primaryKey(),
	maxBytes: bigint('max_bytes', { mode: 'number' }).notNull()
});

/** Captions that a program is asked to draft from the sound; gone once they are there. */
export const captionRecognitions = pgTable(
	'caption_recognition',
	{
		lectureId: uuid('lecture_id')
			.notNull()
			.references(() => lectures.id, { onDelete: 'cascade' }),
		language: text('language').notNull(),
		state: text('state').$type<'waiting' | 'running' | 'failed'>().notNull().default('waiting'),
		/** The request that a run answers: one made again later is another. */
		request: uuid('request').notNull(),
		requestedBy: uuid('requested_by'),
		requestedAt: instant('requested_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.lectureId, table.language] })]
);

/** One line of captions: plain text, whole milliseconds from the start of the lecture. */
export const captionCues = pgTable(
	'caption_cue',
	{
		lectureId: uuid('lecture_id').notNull(),
		language: text('language').notNull(),
		/** 0, 1, … in order of time. */
		position: integer('position').notNull(),
		startMs: integer('start_ms').notNull(),
		endMs: integer('end_ms').notNull(),
		text: text('text').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.lectureId, table.language, table.position] }),
		foreignKey({
			columns: [table.lectureId, table.language],
			foreignColumns: [captions.lectureId, captions.language]
		}).onDelete('cascade'),
		index('caption_cue_text').using('gin', sql`fold(${table.text}) gin_trgm_ops`),
		check('caption_cue_times', sql`start_ms >= 0 and end_ms > start_ms`)
	]
);

/** A file to read or download: PDF, image, office document, other. `pdf_key` is what the page shows. */
export const documents = pgTable(
	'document',
	{
		id: id(),
		unitId: uuid('unit_id').notNull(),
		name: text('name').notNull(),
		kind: text('kind').$type<'pdf' | 'image' | 'office' | 'other'>().notNull(),
		contentType: text('content_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
		storageKey: text('storage_key').notNull(),
		pdfKey: text('pdf_key'),
		/** Office files: converting until LibreOffice made a PDF, download_only where it cannot. */
		state: text('state').$type<'ready' | 'converting' | 'download_only'>().notNull(),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('document_unit').on(table.unitId)]
);

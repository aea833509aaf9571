ALTER TABLE "lecture_revision" ADD COLUMN "sound_key" text;--> statement-breakpoint
ALTER TABLE "lecture_revision" ADD COLUMN "sound_bytes" bigint;--> statement-breakpoint
ALTER TABLE "lecture" ADD COLUMN "allows_sound_download" boolean DEFAULT false NOT NULL;
-- Until now captions came only with the demo data, as objects; their lines are rows from here on.
DELETE FROM "caption";--> statement-breakpoint
CREATE TABLE "caption_cue" (
	"lecture_id" uuid NOT NULL,
	"language" text NOT NULL,
	"position" integer NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "caption_cue_lecture_id_language_position_pk" PRIMARY KEY("lecture_id","language","position"),
	CONSTRAINT "caption_cue_times" CHECK (start_ms >= 0 and end_ms > start_ms)
);
--> statement-breakpoint
ALTER TABLE "caption" ADD COLUMN "state" text NOT NULL;--> statement-breakpoint
ALTER TABLE "caption" ADD COLUMN "origin" text NOT NULL;--> statement-breakpoint
ALTER TABLE "caption" ADD COLUMN "lock_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "caption" ADD COLUMN "changed_by" uuid;--> statement-breakpoint
ALTER TABLE "caption" ADD COLUMN "changed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "lecture_revision" ADD COLUMN "storyboard" jsonb;--> statement-breakpoint
ALTER TABLE "lecture_revision" ADD COLUMN "decision" jsonb;--> statement-breakpoint
ALTER TABLE "lecture" ADD COLUMN "chapters" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "caption_cue" ADD CONSTRAINT "caption_cue_lecture_id_language_caption_lecture_id_language_fk" FOREIGN KEY ("lecture_id","language") REFERENCES "public"."caption"("lecture_id","language") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "caption_cue_text" ON "caption_cue" USING gin (fold("text") gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "caption" DROP COLUMN "storage_key";
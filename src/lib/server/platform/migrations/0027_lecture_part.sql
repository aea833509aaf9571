CREATE TABLE "lecture_part" (
	"lecture_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"position" smallint NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"run" uuid,
	"share" real DEFAULT 0 NOT NULL,
	"weight_s" real NOT NULL,
	"progress_at" timestamp with time zone,
	CONSTRAINT "lecture_part_lecture_id_revision_position_pk" PRIMARY KEY("lecture_id","revision","position")
);
--> statement-breakpoint
ALTER TABLE "lecture_revision" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "lecture_part" ADD CONSTRAINT "lecture_part_lecture_id_revision_lecture_revision_lecture_id_revision_fk" FOREIGN KEY ("lecture_id","revision") REFERENCES "public"."lecture_revision"("lecture_id","revision") ON DELETE cascade ON UPDATE no action;
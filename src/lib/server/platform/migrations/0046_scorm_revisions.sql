ALTER TABLE "lesson_version" ADD COLUMN "adopted_revision" integer;--> statement-breakpoint
ALTER TABLE "scorm_attempt" ADD COLUMN "carried_from_id" uuid;--> statement-breakpoint
ALTER TABLE "scorm_revision" ADD COLUMN "content_hashes" jsonb;
CREATE TABLE "regraded_item" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"attempt_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"version_before" uuid NOT NULL,
	"version_after" uuid NOT NULL,
	"share_before" double precision,
	"share_after" double precision,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" uuid
);
--> statement-breakpoint
ALTER TABLE "attempt_item" ADD COLUMN "rubric_points" jsonb;--> statement-breakpoint
ALTER TABLE "attempt_item" ADD COLUMN "comment" text;--> statement-breakpoint
ALTER TABLE "attempt_item" ADD COLUMN "marked_by" uuid;--> statement-breakpoint
ALTER TABLE "attempt_item" ADD COLUMN "marked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "regraded_item" ADD CONSTRAINT "regraded_item_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "regraded_item_attempt" ON "regraded_item" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "attempt_item_marked" ON "attempt_item" USING btree ("attempt_id") WHERE marked_at is not null;
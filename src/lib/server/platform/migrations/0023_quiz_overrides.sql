CREATE TABLE "sitting_override" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sitting_id" uuid NOT NULL,
	"minutes" smallint NOT NULL,
	"attempts" smallint NOT NULL,
	"reason" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	"given_by" uuid
);
--> statement-breakpoint
ALTER TABLE "paper_sitting" ADD COLUMN "extra_min" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "paper_sitting" ADD COLUMN "extra_attempts" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sitting_override" ADD CONSTRAINT "sitting_override_sitting_id_paper_sitting_id_fk" FOREIGN KEY ("sitting_id") REFERENCES "public"."paper_sitting"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sitting_override_sitting" ON "sitting_override" USING btree ("sitting_id");
CREATE TABLE "returned_item" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"attempt_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"answer_before" jsonb,
	"comment" text NOT NULL,
	"due_on" date NOT NULL,
	"returned_at" timestamp with time zone NOT NULL,
	"returned_by" uuid,
	"answer_after" jsonb,
	"resubmitted_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "returned_item" ADD CONSTRAINT "returned_item_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "returned_item_attempt" ON "returned_item" USING btree ("attempt_id","position");
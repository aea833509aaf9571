CREATE TABLE "printed_paper" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"paper_id" uuid NOT NULL,
	"title" text NOT NULL,
	"time_limit_min" integer,
	"sections" jsonb NOT NULL,
	"variants" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid
);
--> statement-breakpoint
ALTER TABLE "printed_paper" ADD CONSTRAINT "printed_paper_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "printed_paper" ADD CONSTRAINT "printed_paper_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "printed_paper" ADD CONSTRAINT "printed_paper_paper_id_paper_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."paper"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "printed_paper_class" ON "printed_paper" USING btree ("activity_id","lesson_id");
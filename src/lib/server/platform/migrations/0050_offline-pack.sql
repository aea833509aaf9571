CREATE TABLE "offline_pack" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"participation_id" uuid NOT NULL,
	"lecture_revision" integer NOT NULL,
	"total_s" integer NOT NULL,
	"coverage_threshold" smallint NOT NULL,
	"prevents_skipping" boolean NOT NULL,
	"watched_before_s" integer NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "offline_pack" ADD CONSTRAINT "offline_pack_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offline_pack" ADD CONSTRAINT "offline_pack_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offline_pack" ADD CONSTRAINT "offline_pack_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "offline_pack_participation" ON "offline_pack" USING btree ("participation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "offline_pack_live" ON "offline_pack" USING btree ("person_id","lesson_id") WHERE ended_at is null;
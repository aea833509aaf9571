CREATE TABLE "attempt_item" (
	"attempt_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"version_id" uuid NOT NULL,
	"part_id" text,
	"section" smallint NOT NULL,
	"marks" double precision NOT NULL,
	"option_order" text[] NOT NULL,
	"answer" jsonb,
	"sequence" integer DEFAULT 0 NOT NULL,
	"saved_at" timestamp with time zone,
	"late_answer" jsonb,
	"late_at" timestamp with time zone,
	"share" double precision,
	CONSTRAINT "attempt_item_attempt_id_position_pk" PRIMARY KEY("attempt_id","position")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sitting_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"deadline_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"submitted_by" text,
	"sections" jsonb NOT NULL,
	"reached" smallint,
	"max_marks" double precision NOT NULL,
	"score" double precision
);
--> statement-breakpoint
CREATE TABLE "paper" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"content" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"lock_version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_sitting" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"paper_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"grade_percent" double precision,
	"is_passed" boolean DEFAULT false NOT NULL,
	"graded_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson_quiz" (
	"participation_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"sitting_id" uuid NOT NULL,
	CONSTRAINT "lesson_quiz_participation_id_lesson_id_pk" PRIMARY KEY("participation_id","lesson_id"),
	CONSTRAINT "lesson_quiz_sitting_id_unique" UNIQUE("sitting_id")
);
--> statement-breakpoint
ALTER TABLE "lesson_version" ADD COLUMN "paper_id" uuid;--> statement-breakpoint
ALTER TABLE "attempt_item" ADD CONSTRAINT "attempt_item_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt_item" ADD CONSTRAINT "attempt_item_version_id_question_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."question_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_sitting_id_paper_sitting_id_fk" FOREIGN KEY ("sitting_id") REFERENCES "public"."paper_sitting"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper" ADD CONSTRAINT "paper_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_sitting" ADD CONSTRAINT "paper_sitting_paper_id_paper_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."paper"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_sitting" ADD CONSTRAINT "paper_sitting_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_sitting" ADD CONSTRAINT "paper_sitting_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_quiz" ADD CONSTRAINT "lesson_quiz_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_quiz" ADD CONSTRAINT "lesson_quiz_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_quiz" ADD CONSTRAINT "lesson_quiz_sitting_id_paper_sitting_id_fk" FOREIGN KEY ("sitting_id") REFERENCES "public"."paper_sitting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempt_item_version" ON "attempt_item" USING btree ("version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_number" ON "attempt" USING btree ("sitting_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_open" ON "attempt" USING btree ("sitting_id") WHERE submitted_at is null;--> statement-breakpoint
CREATE INDEX "attempt_due" ON "attempt" USING btree ("deadline_at") WHERE submitted_at is null;--> statement-breakpoint
CREATE INDEX "paper_unit" ON "paper" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "paper_sitting_paper" ON "paper_sitting" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_sitting_person" ON "paper_sitting" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_paper_id_paper_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."paper"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lesson_version_paper" ON "lesson_version" USING btree ("paper_id");
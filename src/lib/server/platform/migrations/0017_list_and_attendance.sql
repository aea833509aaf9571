CREATE TABLE "check_in_window" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"code" text NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"opened_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "check_in_window_code_unique" UNIQUE("code"),
	CONSTRAINT "check_in_window_times" CHECK (closes_at >= opens_at)
);
--> statement-breakpoint
CREATE TABLE "session_attendance" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"participation_id" uuid NOT NULL,
	"minutes" smallint NOT NULL,
	"source" text NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	"ticket_id" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_attendance_minutes" CHECK (minutes >= 0)
);
--> statement-breakpoint
CREATE TABLE "list_import_row" (
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"full_name" text NOT NULL,
	"birth_date" date,
	"birth_year" smallint,
	"phone" text,
	"personal_number_encrypted" "bytea",
	"position" text,
	"unit_text" text,
	"unit_id" uuid,
	"state" text NOT NULL,
	"problem" text,
	"matched_by" text,
	"candidate_ids" uuid[] DEFAULT '{}' NOT NULL,
	"person_id" uuid,
	"participation_id" uuid,
	"before" jsonb,
	CONSTRAINT "list_import_row_import_id_row_pk" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "list_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"activity_id" uuid NOT NULL,
	"bridge_site_id" uuid,
	"unit_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"file_name" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	"undo_reason" text
);
--> statement-breakpoint
CREATE TABLE "roster_candidate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"bridge_site_id" uuid,
	"unit_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"import_id" uuid,
	"import_row" integer,
	"sittings" jsonb,
	"full_name" text NOT NULL,
	"search_name" text NOT NULL,
	"birth_date" date,
	"birth_year" smallint,
	"phone" text,
	"personal_number_encrypted" "bytea",
	"position" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"person_id" uuid,
	"person_added_at" timestamp with time zone,
	"participation_id" uuid,
	"refuse_reason" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "participation" ADD COLUMN "completion_basis" text;--> statement-breakpoint
ALTER TABLE "check_in_window" ADD CONSTRAINT "check_in_window_session_id_activity_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."activity_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_attendance" ADD CONSTRAINT "session_attendance_session_id_activity_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."activity_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_attendance" ADD CONSTRAINT "session_attendance_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_import_id_list_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_bridge_site_id_bridge_site_id_fk" FOREIGN KEY ("bridge_site_id") REFERENCES "public"."bridge_site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_candidate" ADD CONSTRAINT "roster_candidate_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_candidate" ADD CONSTRAINT "roster_candidate_bridge_site_id_bridge_site_id_fk" FOREIGN KEY ("bridge_site_id") REFERENCES "public"."bridge_site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_candidate" ADD CONSTRAINT "roster_candidate_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_candidate" ADD CONSTRAINT "roster_candidate_import_id_list_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_candidate" ADD CONSTRAINT "roster_candidate_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_candidate" ADD CONSTRAINT "roster_candidate_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_in_window_session" ON "check_in_window" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_attendance_once" ON "session_attendance" USING btree ("session_id","participation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_attendance_ticket" ON "session_attendance" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "session_attendance_participation" ON "session_attendance" USING btree ("participation_id");--> statement-breakpoint
CREATE INDEX "list_import_row_person" ON "list_import_row" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "list_import_activity" ON "list_import" USING btree ("activity_id");--> statement-breakpoint
CREATE INDEX "roster_candidate_activity" ON "roster_candidate" USING btree ("activity_id");--> statement-breakpoint
CREATE INDEX "roster_candidate_waiting" ON "roster_candidate" USING btree ("unit_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "roster_candidate_once" ON "roster_candidate" USING btree ("activity_id","unit_id","search_name",coalesce(birth_year, 0)) WHERE state = 'waiting';
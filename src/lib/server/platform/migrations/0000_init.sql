CREATE EXTENSION IF NOT EXISTS ltree;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS citext;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
-- unaccent() is STABLE because its dictionary could change; ours does not, and indexes need IMMUTABLE.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_account_id" uuid,
	"action" text NOT NULL,
	"object_id" text,
	"unit_id" uuid,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text NOT NULL,
	"client_address" text
);
--> statement-breakpoint
CREATE TABLE "course_version" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"course_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"title" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"teaching_periods" numeric(5, 1) NOT NULL,
	"audience" text[] DEFAULT '{}' NOT NULL,
	"topics" text[] DEFAULT '{digital_skills}' NOT NULL,
	"coverage_threshold" smallint DEFAULT 90 NOT NULL,
	"is_sequential" boolean DEFAULT false NOT NULL,
	"lock_version" integer DEFAULT 1 NOT NULL,
	"submitted_at" timestamp with time zone,
	"submitted_by" uuid,
	"reviewed_at" timestamp with time zone,
	"reviewed_by" uuid,
	"review_note" text,
	"published_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_version_threshold" CHECK (coverage_threshold between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "course" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"unit_id" uuid NOT NULL,
	"created_by" uuid,
	"retired_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "lesson_attachment" (
	"lesson_version_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "lesson_attachment_lesson_version_id_document_id_pk" PRIMARY KEY("lesson_version_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "lesson_version" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lesson_id" uuid NOT NULL,
	"module_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"is_required" boolean DEFAULT true NOT NULL,
	"lecture_id" uuid,
	"document_id" uuid,
	"body_html" text DEFAULT '' NOT NULL,
	"url" text,
	"minutes" smallint,
	"lock_version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"course_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "module" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"course_version_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"title" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_token" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid,
	"display_name" text NOT NULL,
	"username" "citext" NOT NULL,
	"phone" text,
	"email" "citext",
	"password_hash" text,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp with time zone,
	"activated_at" timestamp with time zone,
	"notice_version" integer,
	"notice_read_at" timestamp with time zone,
	"is_demo" boolean DEFAULT false NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_person_id_unique" UNIQUE("person_id"),
	CONSTRAINT "account_username_unique" UNIQUE("username"),
	CONSTRAINT "account_phone_unique" UNIQUE("phone"),
	CONSTRAINT "account_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "role_grant" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"unit_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"granted_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_grant_dates" CHECK (valid_to is null or valid_to > valid_from)
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"is_shared_machine" boolean DEFAULT false NOT NULL,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "site_setting" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "target_stage" (
	"code" text PRIMARY KEY NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"position" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "target" (
	"stage_code" text NOT NULL,
	"indicator" text NOT NULL,
	"comparison" text NOT NULL,
	"percent" smallint NOT NULL,
	"wording" text NOT NULL,
	"plan_no" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "target_stage_code_indicator_pk" PRIMARY KEY("stage_code","indicator")
);
--> statement-breakpoint
CREATE TABLE "lesson_progress" (
	"participation_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_progress_participation_id_lesson_id_pk" PRIMARY KEY("participation_id","lesson_id")
);
--> statement-breakpoint
CREATE TABLE "playback" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"participation_id" uuid NOT NULL,
	"lecture_revision" integer NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"anchor_at" timestamp with time zone NOT NULL,
	"total_s" integer NOT NULL,
	"coverage_threshold" smallint NOT NULL,
	"user_agent" text,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "resume_position" (
	"person_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"position_s" real NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "resume_position_person_id_lesson_id_pk" PRIMARY KEY("person_id","lesson_id")
);
--> statement-breakpoint
CREATE TABLE "watch_coverage" (
	"participation_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"lecture_revision" integer NOT NULL,
	"watched" "int4multirange" NOT NULL,
	"credited_at" timestamp with time zone NOT NULL,
	CONSTRAINT "watch_coverage_participation_id_lesson_id_lecture_revision_pk" PRIMARY KEY("participation_id","lesson_id","lecture_revision")
);
--> statement-breakpoint
CREATE TABLE "caption" (
	"lecture_id" uuid NOT NULL,
	"language" text NOT NULL,
	"storage_key" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "caption_lecture_id_language_pk" PRIMARY KEY("lecture_id","language")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"storage_key" text NOT NULL,
	"pdf_key" text,
	"state" text NOT NULL,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lecture_revision" (
	"lecture_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"source_key" text,
	"source_name" text,
	"source_size_bytes" bigint,
	"progress_percent" real DEFAULT 0 NOT NULL,
	"progress_at" timestamp with time zone,
	"failure_code" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"duration_s" real,
	"has_video" boolean,
	"has_audio" boolean,
	"renditions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"poster_key" text,
	"fallback_key" text,
	"notes" text[] DEFAULT '{}' NOT NULL,
	"job_id" uuid,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"queued_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "lecture_revision_lecture_id_revision_pk" PRIMARY KEY("lecture_id","revision")
);
--> statement-breakpoint
CREATE TABLE "lecture" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"ready_revision" integer,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "affiliation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"position" text,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"end_reason" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "affiliation_dates" CHECK (valid_to is null or valid_to > valid_from)
);
--> statement-breakpoint
CREATE TABLE "aggregate_roster" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"category_code" text NOT NULL,
	"headcount" integer NOT NULL,
	"document_no" text NOT NULL,
	"document_date" date NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aggregate_roster_headcount" CHECK (headcount >= 0)
);
--> statement-breakpoint
CREATE TABLE "category" (
	"code" text PRIMARY KEY NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"is_target" boolean NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"position" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "category_membership" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"category_code" text NOT NULL,
	"level" text,
	"decision_no" text,
	"decision_date" date,
	"legal_fields" text[] DEFAULT '{}' NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"end_reason" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "category_membership_dates" CHECK (valid_to is null or valid_to > valid_from)
);
--> statement-breakpoint
CREATE TABLE "header_mapping" (
	"heading" text PRIMARY KEY NOT NULL,
	"field" text NOT NULL,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"canonical_id" uuid,
	"full_name" text NOT NULL,
	"given_name" text NOT NULL,
	"search_name" text NOT NULL,
	"birth_date" date,
	"birth_year" smallint,
	"gender" text,
	"personal_number_encrypted" "bytea",
	"personal_number_hmac" "bytea",
	"phone" text,
	"email" text,
	"qualification" text,
	"qualification_note" text,
	"experience_years" smallint,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text
);
--> statement-breakpoint
CREATE TABLE "roster_import" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid,
	"scope_paths" text[],
	"account_id" uuid,
	"file_name" text NOT NULL,
	"storage_key" text NOT NULL,
	"defaults" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"headings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"mapping" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text NOT NULL,
	"failure_code" text,
	"total_rows" integer,
	"done_rows" integer DEFAULT 0 NOT NULL,
	"summary" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error_workbook_key" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "unit_succession" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"from_unit_id" uuid NOT NULL,
	"to_unit_id" uuid NOT NULL,
	"on_date" date NOT NULL,
	"kind" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_version" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"short_name" text,
	"type" text NOT NULL,
	"parent_id" uuid,
	"valid_from" date NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "unit" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"no" integer GENERATED ALWAYS AS IDENTITY (sequence name "unit_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"path" "ltree" NOT NULL,
	"gives_aggregates" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unit_no_unique" UNIQUE("no"),
	CONSTRAINT "unit_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "aggregate_result" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"activity_id" uuid,
	"category_code" text NOT NULL,
	"trained_count" integer NOT NULL,
	"completed_on" date NOT NULL,
	"document_no" text NOT NULL,
	"document_date" date NOT NULL,
	"evidence_key" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	CONSTRAINT "aggregate_result_count" CHECK (trained_count >= 0)
);
--> statement-breakpoint
CREATE TABLE "counting_rule" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"hybrid_rule" text NOT NULL,
	"guiding_document" text,
	"counted_kinds" text[] NOT NULL,
	"counted_topics" text[] NOT NULL,
	"attendance_percent" smallint NOT NULL,
	"small_unit_activities" smallint NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence_file" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"storage_key" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "first_completion" (
	"person_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"completed_on" date NOT NULL,
	"participation_id" uuid NOT NULL,
	CONSTRAINT "first_completion_person_id_year_pk" PRIMARY KEY("person_id","year")
);
--> statement-breakpoint
CREATE TABLE "participation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"activity_id" uuid NOT NULL,
	"unit_id_then" uuid NOT NULL,
	"mode" text,
	"summoned_on" date,
	"registered_on" date,
	"attended_on" date,
	"completed_on" date,
	"completed_recorded_at" timestamp with time zone,
	"outcome" text,
	"note" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	CONSTRAINT "participation_completed" CHECK ((completed_on is null) = (completed_recorded_at is null))
);
--> statement-breakpoint
CREATE TABLE "training_activity" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"source" text DEFAULT 'own' NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"organiser_unit_id" uuid NOT NULL,
	"mode" text NOT NULL,
	"course_version_id" uuid,
	"topics" text[] DEFAULT '{digital_skills}' NOT NULL,
	"audience" text[] DEFAULT '{}' NOT NULL,
	"document_no" text,
	"document_date" date,
	"approver" text,
	"place" text,
	"meeting_url" text,
	"lecturers" text,
	"starts_on" date NOT NULL,
	"due_on" date NOT NULL,
	"teaching_periods" numeric(5, 1) NOT NULL,
	"status" text NOT NULL,
	"ended_on" date,
	"cancel_reason" text,
	"state_budget_vnd" bigint,
	"other_funds_vnd" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "training_activity_dates" CHECK (due_on >= starts_on),
	CONSTRAINT "training_activity_ended" CHECK ((status in ('ended', 'reported', 'locked')) = (ended_on is not null))
);
--> statement-breakpoint
ALTER TABLE "course_version" ADD CONSTRAINT "course_version_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_attachment" ADD CONSTRAINT "lesson_attachment_lesson_version_id_lesson_version_id_fk" FOREIGN KEY ("lesson_version_id") REFERENCES "public"."lesson_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_attachment" ADD CONSTRAINT "lesson_attachment_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_module_id_module_id_fk" FOREIGN KEY ("module_id") REFERENCES "public"."module"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_lecture_id_lecture_id_fk" FOREIGN KEY ("lecture_id") REFERENCES "public"."lecture"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module" ADD CONSTRAINT "module_course_version_id_course_version_id_fk" FOREIGN KEY ("course_version_id") REFERENCES "public"."course_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_token" ADD CONSTRAINT "account_token_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "target" ADD CONSTRAINT "target_stage_code_target_stage_code_fk" FOREIGN KEY ("stage_code") REFERENCES "public"."target_stage"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_progress" ADD CONSTRAINT "lesson_progress_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_progress" ADD CONSTRAINT "lesson_progress_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playback" ADD CONSTRAINT "playback_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playback" ADD CONSTRAINT "playback_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playback" ADD CONSTRAINT "playback_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resume_position" ADD CONSTRAINT "resume_position_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resume_position" ADD CONSTRAINT "resume_position_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_coverage" ADD CONSTRAINT "watch_coverage_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_coverage" ADD CONSTRAINT "watch_coverage_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caption" ADD CONSTRAINT "caption_lecture_id_lecture_id_fk" FOREIGN KEY ("lecture_id") REFERENCES "public"."lecture"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lecture_revision" ADD CONSTRAINT "lecture_revision_lecture_id_lecture_id_fk" FOREIGN KEY ("lecture_id") REFERENCES "public"."lecture"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aggregate_roster" ADD CONSTRAINT "aggregate_roster_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aggregate_roster" ADD CONSTRAINT "aggregate_roster_category_code_category_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."category"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_membership" ADD CONSTRAINT "category_membership_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_membership" ADD CONSTRAINT "category_membership_category_code_category_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."category"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_canonical_id_person_id_fk" FOREIGN KEY ("canonical_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_import" ADD CONSTRAINT "roster_import_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_succession" ADD CONSTRAINT "unit_succession_from_unit_id_unit_id_fk" FOREIGN KEY ("from_unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_succession" ADD CONSTRAINT "unit_succession_to_unit_id_unit_id_fk" FOREIGN KEY ("to_unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_version" ADD CONSTRAINT "unit_version_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_version" ADD CONSTRAINT "unit_version_parent_id_unit_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aggregate_result" ADD CONSTRAINT "aggregate_result_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aggregate_result" ADD CONSTRAINT "aggregate_result_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aggregate_result" ADD CONSTRAINT "aggregate_result_category_code_category_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."category"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_completion" ADD CONSTRAINT "first_completion_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_completion" ADD CONSTRAINT "first_completion_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participation" ADD CONSTRAINT "participation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participation" ADD CONSTRAINT "participation_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participation" ADD CONSTRAINT "participation_unit_id_then_unit_id_fk" FOREIGN KEY ("unit_id_then") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_activity" ADD CONSTRAINT "training_activity_organiser_unit_id_unit_id_fk" FOREIGN KEY ("organiser_unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_activity" ADD CONSTRAINT "training_activity_course_version_id_course_version_id_fk" FOREIGN KEY ("course_version_id") REFERENCES "public"."course_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_event_at" ON "audit_event" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_event_object" ON "audit_event" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "audit_event_actor" ON "audit_event" USING btree ("actor_account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "course_version_number" ON "course_version" USING btree ("course_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "course_version_open" ON "course_version" USING btree ("course_id") WHERE status <> 'published';--> statement-breakpoint
CREATE INDEX "course_unit" ON "course" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lesson_version_once" ON "lesson_version" USING btree ("module_id","lesson_id");--> statement-breakpoint
CREATE INDEX "lesson_version_lesson" ON "lesson_version" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "lesson_version_lecture" ON "lesson_version" USING btree ("lecture_id");--> statement-breakpoint
CREATE INDEX "module_version" ON "module" USING btree ("course_version_id");--> statement-breakpoint
CREATE INDEX "account_token_account" ON "account_token" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_person" ON "account" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "role_grant_account" ON "role_grant" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "role_grant_unit" ON "role_grant" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "role_grant_current" ON "role_grant" USING btree ("account_id","role","unit_id") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "session_account" ON "session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_expires" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "playback_participation" ON "playback" USING btree ("participation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "playback_live" ON "playback" USING btree ("person_id","lesson_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "document_unit" ON "document" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "lecture_revision_state" ON "lecture_revision" USING btree ("state");--> statement-breakpoint
CREATE INDEX "lecture_unit" ON "lecture" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "affiliation_person" ON "affiliation" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "affiliation_unit" ON "affiliation" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "aggregate_roster_unit" ON "aggregate_roster" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "category_membership_person" ON "category_membership" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "category_membership_category" ON "category_membership" USING btree ("category_code");--> statement-breakpoint
CREATE UNIQUE INDEX "person_personal_number" ON "person" USING btree ("personal_number_hmac") WHERE canonical_id is null and voided_at is null;--> statement-breakpoint
CREATE INDEX "person_search_name" ON "person" USING gin ("search_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "person_search_name_exact" ON "person" USING btree ("search_name");--> statement-breakpoint
CREATE INDEX "person_phone" ON "person" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "person_canonical" ON "person" USING btree ("canonical_id");--> statement-breakpoint
CREATE INDEX "unit_version_unit" ON "unit_version" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "unit_version_parent" ON "unit_version" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "unit_path_gist" ON "unit" USING gist ("path");--> statement-breakpoint
CREATE INDEX "aggregate_result_unit" ON "aggregate_result" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "evidence_file_activity" ON "evidence_file" USING btree ("activity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "participation_once" ON "participation" USING btree ("person_id","activity_id") WHERE voided_at is null;--> statement-breakpoint
CREATE INDEX "participation_activity" ON "participation" USING btree ("activity_id");--> statement-breakpoint
CREATE INDEX "participation_person" ON "participation" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "participation_unit" ON "participation" USING btree ("unit_id_then","summoned_on","completed_on") WHERE voided_at is null and summoned_on is not null;--> statement-breakpoint
CREATE INDEX "participation_attended" ON "participation" USING btree ("activity_id") WHERE voided_at is null and (attended_on is not null or completed_on is not null);--> statement-breakpoint
CREATE INDEX "participation_completed" ON "participation" USING btree ("completed_on") WHERE completed_on is not null and voided_at is null;--> statement-breakpoint
CREATE INDEX "training_activity_organiser" ON "training_activity" USING btree ("organiser_unit_id");--> statement-breakpoint
CREATE INDEX "training_activity_ended" ON "training_activity" USING btree ("ended_on");--> statement-breakpoint
CREATE INDEX "training_activity_course" ON "training_activity" USING btree ("course_version_id");--> statement-breakpoint
-- A person counts in one unit at a time.
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_no_overlap"
	EXCLUDE USING gist ("person_id" WITH =, daterange("valid_from", "valid_to") WITH &&);--> statement-breakpoint
ALTER TABLE "unit_version" ADD CONSTRAINT "unit_version_no_overlap"
	EXCLUDE USING gist ("unit_id" WITH =, daterange("valid_from", "valid_to") WITH &&);--> statement-breakpoint
ALTER TABLE "category_membership" ADD CONSTRAINT "category_membership_no_overlap"
	EXCLUDE USING gist ("person_id" WITH =, "category_code" WITH =, daterange("valid_from", "valid_to") WITH &&);--> statement-breakpoint
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql
	AS $$ BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$;--> statement-breakpoint
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

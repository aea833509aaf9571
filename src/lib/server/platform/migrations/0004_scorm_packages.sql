CREATE TABLE "scorm_file" (
	"package_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"path" text NOT NULL,
	"number" integer NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	CONSTRAINT "scorm_file_package_id_revision_path_pk" PRIMARY KEY("package_id","revision","path")
);
--> statement-breakpoint
CREATE TABLE "scorm_package" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"ready_revision" integer,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scorm_revision" (
	"package_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"source_key" text,
	"source_name" text,
	"source_size_bytes" bigint,
	"progress_percent" real DEFAULT 0 NOT NULL,
	"progress_at" timestamp with time zone,
	"failure_code" text,
	"failure_params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"remarks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"manifest" jsonb,
	"file_count" integer,
	"total_bytes" bigint,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"run" uuid,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "scorm_revision_package_id_revision_pk" PRIMARY KEY("package_id","revision")
);
--> statement-breakpoint
ALTER TABLE "lesson_version" ADD COLUMN "package_id" uuid;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD COLUMN "package_revision" integer;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD COLUMN "scorm_settings" jsonb;--> statement-breakpoint
ALTER TABLE "scorm_file" ADD CONSTRAINT "scorm_file_package_id_scorm_package_id_fk" FOREIGN KEY ("package_id") REFERENCES "public"."scorm_package"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorm_revision" ADD CONSTRAINT "scorm_revision_package_id_scorm_package_id_fk" FOREIGN KEY ("package_id") REFERENCES "public"."scorm_package"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scorm_package_unit" ON "scorm_package" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "scorm_revision_state" ON "scorm_revision" USING btree ("state") WHERE state in ('awaiting_upload', 'queued', 'importing');--> statement-breakpoint
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_package_id_scorm_package_id_fk" FOREIGN KEY ("package_id") REFERENCES "public"."scorm_package"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lesson_version_package" ON "lesson_version" USING btree ("package_id");
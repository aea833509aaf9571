CREATE TABLE "programme_course" (
	"version_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"is_required" boolean NOT NULL,
	CONSTRAINT "programme_course_version_id_course_id_pk" PRIMARY KEY("version_id","course_id")
);
--> statement-breakpoint
CREATE TABLE "programme_version" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"programme_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"summary" text,
	"document_no" text,
	"document_date" date,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "programme" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"retired_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "programme_course" ADD CONSTRAINT "programme_course_version_id_programme_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."programme_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_course" ADD CONSTRAINT "programme_course_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_version" ADD CONSTRAINT "programme_version_programme_id_programme_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programme"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme" ADD CONSTRAINT "programme_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "programme_version_number" ON "programme_version" USING btree ("programme_id","number");--> statement-breakpoint
CREATE INDEX "programme_unit" ON "programme" USING btree ("unit_id");
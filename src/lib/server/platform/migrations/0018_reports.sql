CREATE TABLE "report_snapshot" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"period_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" text NOT NULL,
	"inputs" text NOT NULL,
	"sha256" text NOT NULL,
	"reason" text,
	"frozen_at" timestamp with time zone NOT NULL,
	"frozen_by" uuid
);
--> statement-breakpoint
CREATE TABLE "reporting_period" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"cut_off" date NOT NULL,
	"due_on" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"locked_at" timestamp with time zone,
	"locked_by" uuid,
	"reopen_reason" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	CONSTRAINT "reporting_period_days" CHECK (from_on <= to_on and cut_off >= from_on)
);
--> statement-breakpoint
CREATE TABLE "unit_report" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"period_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"entries" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"frozen_version" integer,
	"sent_at" timestamp with time zone,
	"approved_by" uuid,
	"signed_key" text,
	"signed_name" text,
	"signed_sha256" text,
	"signed_no" text,
	"signed_on" date,
	"return_reason" text,
	"reminded_at" timestamp with time zone,
	"reminder_count" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "report_snapshot" ADD CONSTRAINT "report_snapshot_period_id_reporting_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."reporting_period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_snapshot" ADD CONSTRAINT "report_snapshot_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_report" ADD CONSTRAINT "unit_report_period_id_reporting_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."reporting_period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_report" ADD CONSTRAINT "unit_report_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "report_snapshot_version" ON "report_snapshot" USING btree ("period_id","unit_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "reporting_period_name" ON "reporting_period" USING btree ("name") WHERE voided_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "unit_report_once" ON "unit_report" USING btree ("period_id","unit_id");--> statement-breakpoint
CREATE FUNCTION refuse_snapshot_change() RETURNS trigger LANGUAGE plpgsql
	AS $$ BEGIN RAISE EXCEPTION 'frozen reports are never changed'; END $$;--> statement-breakpoint
CREATE TRIGGER report_snapshot_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON "report_snapshot"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_snapshot_change();

CREATE TABLE "legal_field" (
	"code" text PRIMARY KEY NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"position" smallint NOT NULL,
	"retired_on" date
);
--> statement-breakpoint
CREATE TABLE "activity_co_organiser" (
	"activity_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"name" text NOT NULL,
	"unit_id" uuid,
	CONSTRAINT "activity_co_organiser_activity_id_position_pk" PRIMARY KEY("activity_id","position")
);
--> statement-breakpoint
CREATE TABLE "activity_session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"title" text,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"teaching_periods" numeric(4, 1) NOT NULL,
	"place" text,
	"meeting_url" text,
	"lecturers" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	CONSTRAINT "activity_session_times" CHECK (ends_at > starts_at)
);
--> statement-breakpoint
CREATE TABLE "plan_fulfilment" (
	"activity_id" uuid PRIMARY KEY NOT NULL,
	"planned_activity_id" uuid NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "planned_activity" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"plan_id" uuid NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"mode" text NOT NULL,
	"topics" text[] DEFAULT '{}' NOT NULL,
	"planned_from" date NOT NULL,
	"planned_to" date NOT NULL,
	"class_count" smallint DEFAULT 1 NOT NULL,
	"planned_attendees" integer,
	"teaching_periods" numeric(5, 1),
	"state_budget_vnd" bigint,
	"other_funds_vnd" bigint,
	"note" text,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	CONSTRAINT "planned_activity_dates" CHECK (planned_to >= planned_from),
	CONSTRAINT "planned_activity_classes" CHECK (class_count >= 1)
);
--> statement-breakpoint
CREATE TABLE "training_topic" (
	"code" text PRIMARY KEY NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"position" smallint NOT NULL,
	"retired_on" date
);
--> statement-breakpoint
CREATE TABLE "yearly_plan" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"document_no" text,
	"document_date" date,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "training_activity" ADD COLUMN "legal_fields" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "training_activity" ADD COLUMN "external_host" text;--> statement-breakpoint
ALTER TABLE "activity_co_organiser" ADD CONSTRAINT "activity_co_organiser_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_co_organiser" ADD CONSTRAINT "activity_co_organiser_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_session" ADD CONSTRAINT "activity_session_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_fulfilment" ADD CONSTRAINT "plan_fulfilment_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_fulfilment" ADD CONSTRAINT "plan_fulfilment_planned_activity_id_planned_activity_id_fk" FOREIGN KEY ("planned_activity_id") REFERENCES "public"."planned_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planned_activity" ADD CONSTRAINT "planned_activity_plan_id_yearly_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."yearly_plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yearly_plan" ADD CONSTRAINT "yearly_plan_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activity_co_organiser_unit" ON "activity_co_organiser" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "activity_session_activity" ON "activity_session" USING btree ("activity_id");--> statement-breakpoint
CREATE INDEX "plan_fulfilment_line" ON "plan_fulfilment" USING btree ("planned_activity_id");--> statement-breakpoint
CREATE INDEX "planned_activity_plan" ON "planned_activity" USING btree ("plan_id");--> statement-breakpoint
CREATE UNIQUE INDEX "yearly_plan_once" ON "yearly_plan" USING btree ("unit_id","year");--> statement-breakpoint
CREATE INDEX "training_activity_starts" ON "training_activity" USING btree ("starts_on");
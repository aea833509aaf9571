CREATE TABLE "certificate_batch" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"participation_ids" uuid[] NOT NULL,
	"account_id" uuid,
	"state" text NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"issued" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "certificate_template" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"policy" text NOT NULL,
	"title" text NOT NULL,
	"governing_body" text NOT NULL,
	"issuing_body" text NOT NULL,
	"place" text NOT NULL,
	"signer_title" text NOT NULL,
	"signer_name" text NOT NULL,
	"number_suffix" text NOT NULL,
	"completion_text" text NOT NULL,
	"has_national_heading" boolean NOT NULL,
	"has_seal_place" boolean NOT NULL,
	"logo_key" text,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certificate_template_unit_id_unique" UNIQUE("unit_id")
);
--> statement-breakpoint
CREATE TABLE "certificate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"participation_id" uuid NOT NULL,
	"state" text NOT NULL,
	"unit_id" uuid,
	"year" smallint,
	"number" integer,
	"code" text,
	"content" jsonb,
	"search_name" text,
	"issued_on" date,
	"issued_at" timestamp with time zone,
	"issued_by" uuid,
	"pdf_sha256" text,
	"signed_key" text,
	"signed_at" timestamp with time zone,
	"signed_by" uuid,
	"signer" jsonb,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	"revoke_reason" text,
	"replaces_id" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certificate_code_unique" UNIQUE("code"),
	CONSTRAINT "certificate_numbered" CHECK ((state = 'waiting') = (number is null) or state = 'revoked')
);
--> statement-breakpoint
CREATE TABLE "certificate_class_policy" (
	"activity_id" uuid PRIMARY KEY NOT NULL,
	"policy" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_number_book" (
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"last_number" integer NOT NULL,
	CONSTRAINT "certificate_number_book_unit_id_year_pk" PRIMARY KEY("unit_id","year")
);
--> statement-breakpoint
ALTER TABLE "certificate_batch" ADD CONSTRAINT "certificate_batch_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_template" ADD CONSTRAINT "certificate_template_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_class_policy" ADD CONSTRAINT "certificate_class_policy_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_number_book" ADD CONSTRAINT "certificate_number_book_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "certificate_batch_activity" ON "certificate_batch" USING btree ("activity_id","recorded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_number" ON "certificate" USING btree ("unit_id","year","number") WHERE number is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_live" ON "certificate" USING btree ("participation_id") WHERE state <> 'revoked';--> statement-breakpoint
CREATE INDEX "certificate_participation" ON "certificate" USING btree ("participation_id");--> statement-breakpoint
CREATE INDEX "certificate_search_name" ON "certificate" USING gin ("search_name" gin_trgm_ops);
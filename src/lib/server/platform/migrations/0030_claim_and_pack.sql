CREATE TABLE "evidence_pack" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"storage_key" text,
	"size_bytes" bigint,
	"sha256" text,
	"file_count" integer,
	"account_id" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "external_claim" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"host" text NOT NULL,
	"kind" text NOT NULL,
	"topics" text[] NOT NULL,
	"mode" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"teaching_periods" numeric(5, 1) NOT NULL,
	"document_no" text,
	"document_date" date,
	"evidence_name" text NOT NULL,
	"evidence_content_type" text NOT NULL,
	"evidence_size_bytes" bigint NOT NULL,
	"evidence_sha256" text NOT NULL,
	"evidence_key" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"refuse_reason" text,
	"participation_id" uuid,
	"claimed_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "external_claim_dates" CHECK (ends_on >= starts_on)
);
--> statement-breakpoint
ALTER TABLE "evidence_pack" ADD CONSTRAINT "evidence_pack_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_claim" ADD CONSTRAINT "external_claim_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_claim" ADD CONSTRAINT "external_claim_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_claim" ADD CONSTRAINT "external_claim_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_pack_unit" ON "evidence_pack" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "external_claim_person" ON "external_claim" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "external_claim_unit" ON "external_claim" USING btree ("unit_id","state");
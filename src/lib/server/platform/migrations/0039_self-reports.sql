CREATE TABLE "self_report_line" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"report_id" uuid NOT NULL,
	"held_on" date NOT NULL,
	"form" text NOT NULL,
	"content" text NOT NULL,
	"place" text,
	"audience" text,
	"people" integer NOT NULL,
	"is_online" boolean NOT NULL,
	"link" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "self_report" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"unit_id" uuid NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"difficulties" text,
	"proposals" text,
	"return_reason" text,
	"sent_at" timestamp with time zone,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "self_report_year" UNIQUE("person_id","year")
);
--> statement-breakpoint
ALTER TABLE "self_report_line" ADD CONSTRAINT "self_report_line_report_id_self_report_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."self_report"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "self_report" ADD CONSTRAINT "self_report_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "self_report" ADD CONSTRAINT "self_report_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "self_report_line_report" ON "self_report_line" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "self_report_unit" ON "self_report" USING btree ("unit_id");
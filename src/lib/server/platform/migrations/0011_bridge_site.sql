CREATE TABLE "bridge_site" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"mode" text NOT NULL,
	"place" text,
	"contact" text,
	"expected_count" integer,
	"nominated_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"sent_by" uuid,
	"return_reason" text,
	"reminded_at" timestamp with time zone,
	"reminder_count" integer DEFAULT 0 NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text
);
--> statement-breakpoint
ALTER TABLE "evidence_file" ADD COLUMN "bridge_site_id" uuid;--> statement-breakpoint
ALTER TABLE "participation" ADD COLUMN "bridge_site_id" uuid;--> statement-breakpoint
ALTER TABLE "training_activity" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "bridge_site" ADD CONSTRAINT "bridge_site_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bridge_site" ADD CONSTRAINT "bridge_site_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bridge_site_once" ON "bridge_site" USING btree ("activity_id","unit_id") WHERE voided_at is null;--> statement-breakpoint
CREATE INDEX "bridge_site_unit" ON "bridge_site" USING btree ("unit_id");--> statement-breakpoint
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_bridge_site_id_bridge_site_id_fk" FOREIGN KEY ("bridge_site_id") REFERENCES "public"."bridge_site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participation" ADD CONSTRAINT "participation_bridge_site_id_bridge_site_id_fk" FOREIGN KEY ("bridge_site_id") REFERENCES "public"."bridge_site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_activity" ADD CONSTRAINT "training_activity_merged_into_id_training_activity_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "participation_site" ON "participation" USING btree ("bridge_site_id") WHERE bridge_site_id is not null;
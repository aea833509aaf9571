CREATE TABLE "history_claim" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"record_id" uuid,
	"candidate_id" uuid,
	"unit_id" uuid NOT NULL,
	"state" text NOT NULL,
	"refuse_reason" text,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "history_claim_record" UNIQUE("person_id","record_id"),
	CONSTRAINT "history_claim_candidate" UNIQUE("person_id","candidate_id"),
	CONSTRAINT "history_claim_one" CHECK (num_nonnulls(record_id, candidate_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "history_claim" ADD CONSTRAINT "history_claim_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history_claim" ADD CONSTRAINT "history_claim_record_id_person_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history_claim" ADD CONSTRAINT "history_claim_candidate_id_roster_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."roster_candidate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history_claim" ADD CONSTRAINT "history_claim_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "history_claim_waiting" ON "history_claim" USING btree ("unit_id") WHERE state = 'waiting';
CREATE TABLE "data_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"due_on" date NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by" uuid
);
--> statement-breakpoint
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "data_request_person" ON "data_request" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "data_request_unit" ON "data_request" USING btree ("unit_id","state");--> statement-breakpoint
DROP TRIGGER audit_event_append_only ON "audit_event";--> statement-breakpoint
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR TRUNCATE ON "audit_event"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();--> statement-breakpoint
-- Entries past their keeping time may go; twelve months are the least that can be set.
CREATE TRIGGER audit_event_kept BEFORE DELETE ON "audit_event"
	FOR EACH ROW WHEN (OLD.at > now() - interval '12 months') EXECUTE FUNCTION refuse_audit_change();

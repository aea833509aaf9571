CREATE TABLE "notification" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid,
	"account_id" uuid,
	"template" text NOT NULL,
	"params" jsonb NOT NULL,
	"path" text,
	"key" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notification_recipient" CHECK (num_nonnulls(person_id, account_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification" ADD CONSTRAINT "notification_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_person_once" ON "notification" USING btree ("person_id","key") WHERE person_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_account_once" ON "notification" USING btree ("account_id","key") WHERE account_id is not null;--> statement-breakpoint
CREATE INDEX "notification_person_inbox" ON "notification" USING btree ("person_id","sent_at");--> statement-breakpoint
CREATE INDEX "notification_account_inbox" ON "notification" USING btree ("account_id","sent_at");--> statement-breakpoint
CREATE INDEX "notification_unread" ON "notification" USING btree ("person_id","account_id") WHERE read_at is null;
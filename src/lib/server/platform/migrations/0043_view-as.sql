ALTER TABLE "session" ADD COLUMN "viewed_account_id" uuid;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "viewing_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_viewed_account_id_account_id_fk" FOREIGN KEY ("viewed_account_id") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;
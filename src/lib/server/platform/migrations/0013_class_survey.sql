CREATE TABLE "class_survey" (
	"activity_id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"slip_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "class_survey_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "public_rating" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"rated_on" date NOT NULL,
	"audience" text NOT NULL,
	"unit_id" uuid NOT NULL,
	"level" smallint NOT NULL,
	"comment" text,
	"source_key" "bytea" NOT NULL,
	CONSTRAINT "public_rating_level" CHECK (level between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "survey_response" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"content" smallint NOT NULL,
	"lecturer" smallint NOT NULL,
	"material" smallint NOT NULL,
	"organisation" smallint NOT NULL,
	"overall" smallint NOT NULL,
	"comment" text,
	CONSTRAINT "survey_response_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "survey_response_levels" CHECK (content between 1 and 5 and lecturer between 1 and 5 and material between 1 and 5
				and organisation between 1 and 5 and overall between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "survey_ticket" (
	"participation_id" uuid PRIMARY KEY NOT NULL,
	"activity_id" uuid NOT NULL,
	"channel" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "class_survey" ADD CONSTRAINT "class_survey_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_rating" ADD CONSTRAINT "public_rating_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_response" ADD CONSTRAINT "survey_response_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_ticket" ADD CONSTRAINT "survey_ticket_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_ticket" ADD CONSTRAINT "survey_ticket_activity_id_training_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."training_activity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "public_rating_unit" ON "public_rating" USING btree ("unit_id","rated_on");--> statement-breakpoint
CREATE INDEX "public_rating_source" ON "public_rating" USING btree ("source_key");--> statement-breakpoint
CREATE INDEX "survey_response_activity" ON "survey_response" USING btree ("activity_id");--> statement-breakpoint
CREATE INDEX "survey_ticket_activity" ON "survey_ticket" USING btree ("activity_id");
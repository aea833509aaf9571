CREATE TABLE "answer_step" (
	"attempt_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"sequence" integer NOT NULL,
	"answer" jsonb,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "answer_step_attempt_id_position_sequence_pk" PRIMARY KEY("attempt_id","position","sequence")
);
--> statement-breakpoint
ALTER TABLE "answer_step" ADD CONSTRAINT "answer_step_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_step_saved" ON "answer_step" USING btree ("saved_at");
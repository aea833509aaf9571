CREATE TABLE "question_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"is_shared" boolean NOT NULL,
	"file_name" text,
	"format" text NOT NULL,
	"found" jsonb NOT NULL,
	"unread" jsonb NOT NULL,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"taken_at" timestamp with time zone,
	"taken_count" integer,
	CONSTRAINT "question_import_taken" CHECK ((taken_at is null) = (taken_count is null))
);
--> statement-breakpoint
ALTER TABLE "question_import" ADD CONSTRAINT "question_import_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_import_unit" ON "question_import" USING btree ("unit_id","recorded_at");
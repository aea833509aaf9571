CREATE TABLE "caption_recognition" (
	"lecture_id" uuid NOT NULL,
	"language" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"request" uuid NOT NULL,
	"requested_by" uuid,
	"requested_at" timestamp with time zone NOT NULL,
	CONSTRAINT "caption_recognition_lecture_id_language_pk" PRIMARY KEY("lecture_id","language")
);
--> statement-breakpoint
ALTER TABLE "caption_recognition" ADD CONSTRAINT "caption_recognition_lecture_id_lecture_id_fk" FOREIGN KEY ("lecture_id") REFERENCES "public"."lecture"("id") ON DELETE cascade ON UPDATE no action;
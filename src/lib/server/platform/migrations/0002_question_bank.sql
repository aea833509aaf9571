CREATE TABLE "legal_document_change" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"document_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"changed_on" date NOT NULL,
	"note" text NOT NULL,
	"flagged" integer NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "legal_document" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"number_key" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"issuer" text DEFAULT '' NOT NULL,
	"issued_on" date,
	"effective_from" date,
	"effective_to" date,
	"url" text,
	"lock_version" integer DEFAULT 1 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "legal_document_number_key_unique" UNIQUE("number_key")
);
--> statement-breakpoint
CREATE TABLE "question_citation" (
	"version_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"document_id" uuid NOT NULL,
	"article" text DEFAULT '' NOT NULL,
	"valid_from" date,
	"valid_to" date,
	CONSTRAINT "question_citation_version_id_position_pk" PRIMARY KEY("version_id","position")
);
--> statement-breakpoint
CREATE TABLE "question_media" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"name" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"storage_key" text NOT NULL,
	"duration_s" real,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question_step" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "question_step_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"question_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"account_id" uuid,
	"step" text NOT NULL,
	"version" integer NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "question_topic" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "question_topic_name_key_unique" UNIQUE("name_key")
);
--> statement-breakpoint
CREATE TABLE "question_version" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"question_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"type" text NOT NULL,
	"stem" text NOT NULL,
	"body" jsonb NOT NULL,
	"explanation" text DEFAULT '' NOT NULL,
	"search_text" text NOT NULL,
	"duplicate_key" text NOT NULL,
	"author_id" uuid,
	"saved_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	"reviewed_by" uuid,
	"reviewed_at" timestamp with time zone,
	"review_note" text,
	CONSTRAINT "question_version_approved" CHECK (state <> 'approved' or reviewed_at is not null)
);
--> statement-breakpoint
CREATE TABLE "question" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"topic_id" uuid NOT NULL,
	"difficulty" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"newest_version" integer DEFAULT 1 NOT NULL,
	"usable_version" integer,
	"flag_reason" text,
	"flagged_at" timestamp with time zone,
	"first_used_at" timestamp with time zone,
	"lock_version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "question_usable" CHECK (status in ('draft', 'retired') or usable_version is not null),
	CONSTRAINT "question_flag" CHECK ((status = 'needs_review') = (flagged_at is not null))
);
--> statement-breakpoint
ALTER TABLE "legal_document_change" ADD CONSTRAINT "legal_document_change_document_id_legal_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."legal_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_citation" ADD CONSTRAINT "question_citation_document_id_legal_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."legal_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_citation" ADD CONSTRAINT "question_citation_version_id_question_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."question_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_media" ADD CONSTRAINT "question_media_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_step" ADD CONSTRAINT "question_step_question_id_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."question"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_version" ADD CONSTRAINT "question_version_question_id_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."question"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_topic_id_question_topic_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."question_topic"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "legal_document_change_document" ON "legal_document_change" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "legal_document_expiry" ON "legal_document" USING btree ("effective_to");--> statement-breakpoint
CREATE INDEX "question_citation_document" ON "question_citation" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "question_citation_expiry" ON "question_citation" USING btree ("valid_to");--> statement-breakpoint
CREATE INDEX "question_media_unit" ON "question_media" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "question_step_question" ON "question_step" USING btree ("question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "question_version_number" ON "question_version" USING btree ("question_id","number");--> statement-breakpoint
CREATE INDEX "question_version_duplicate" ON "question_version" USING btree ("duplicate_key");--> statement-breakpoint
CREATE INDEX "question_version_search" ON "question_version" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "question_unit" ON "question" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "question_draw" ON "question" USING btree ("topic_id","difficulty") WHERE status in ('in_use', 'needs_review');
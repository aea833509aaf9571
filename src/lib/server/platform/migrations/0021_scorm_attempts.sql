CREATE TABLE "scorm_registration" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"participation_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"extra_attempts" smallint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scorm_attempt_item" (
	"attempt_id" uuid NOT NULL,
	"item" text NOT NULL,
	"data" text DEFAULT '{}' NOT NULL,
	"completion" text DEFAULT 'unknown' NOT NULL,
	"success" text DEFAULT 'unknown' NOT NULL,
	"score" double precision,
	"interaction_base" integer DEFAULT 0 NOT NULL,
	"exit" text,
	"earlier_s" double precision DEFAULT 0 NOT NULL,
	"session_s" double precision DEFAULT 0 NOT NULL,
	"session_started_at" timestamp with time zone NOT NULL,
	"sessions" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "scorm_attempt_item_attempt_id_item_pk" PRIMARY KEY("attempt_id","item")
);
--> statement-breakpoint
CREATE TABLE "scorm_attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"registration_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"package_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"organization" text NOT NULL,
	"completion" text DEFAULT 'unknown' NOT NULL,
	"success" text DEFAULT 'unknown' NOT NULL,
	"score" double precision,
	"started_at" timestamp with time zone NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"voided_at" timestamp with time zone,
	"void_reason" text
);
--> statement-breakpoint
CREATE TABLE "scorm_commit" (
	"launch_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"item" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"changes" text NOT NULL,
	"is_terminate" boolean DEFAULT false NOT NULL,
	CONSTRAINT "scorm_commit_launch_id_sequence_pk" PRIMARY KEY("launch_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "scorm_launch" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"attempt_id" uuid,
	"registration_id" uuid,
	"package_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"organization" text NOT NULL,
	"mode" text NOT NULL,
	"settings" jsonb NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid,
	"session_id" "bytea" NOT NULL,
	"item" text,
	"sequence" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"is_superseded" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "scorm_registration" ADD CONSTRAINT "scorm_registration_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorm_registration" ADD CONSTRAINT "scorm_registration_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorm_attempt_item" ADD CONSTRAINT "scorm_attempt_item_attempt_id_scorm_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."scorm_attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorm_attempt" ADD CONSTRAINT "scorm_attempt_package_id_revision_scorm_revision_package_id_revision_fk" FOREIGN KEY ("package_id","revision") REFERENCES "public"."scorm_revision"("package_id","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorm_commit" ADD CONSTRAINT "scorm_commit_launch_id_scorm_launch_id_fk" FOREIGN KEY ("launch_id") REFERENCES "public"."scorm_launch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorm_launch" ADD CONSTRAINT "scorm_launch_attempt_id_scorm_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."scorm_attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorm_launch" ADD CONSTRAINT "scorm_launch_package_id_scorm_package_id_fk" FOREIGN KEY ("package_id") REFERENCES "public"."scorm_package"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scorm_registration_once" ON "scorm_registration" USING btree ("participation_id","lesson_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scorm_attempt_number" ON "scorm_attempt" USING btree ("registration_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "scorm_launch_token" ON "scorm_launch" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "scorm_launch_attempt" ON "scorm_launch" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "scorm_launch_open" ON "scorm_launch" USING btree ("registration_id") WHERE ended_at is null;
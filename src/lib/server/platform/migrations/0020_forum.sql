CREATE TABLE "post" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"thread_id" uuid NOT NULL,
	"body" text NOT NULL,
	"search_text" text NOT NULL,
	"author_id" uuid NOT NULL,
	"is_expert" boolean NOT NULL,
	"posted_at" timestamp with time zone NOT NULL,
	"hidden_at" timestamp with time zone,
	"hidden_by" uuid,
	"hide_reason" text
);
--> statement-breakpoint
CREATE TABLE "post_report" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"thread_id" uuid NOT NULL,
	"post_id" uuid,
	"reporter_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid
);
--> statement-breakpoint
CREATE TABLE "thread" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lesson_id" uuid,
	"board" text,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"search_text" text NOT NULL,
	"author_id" uuid NOT NULL,
	"posted_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"post_count" integer DEFAULT 0 NOT NULL,
	"is_model" boolean DEFAULT false NOT NULL,
	"accepted_post_id" uuid,
	"hidden_at" timestamp with time zone,
	"hidden_by" uuid,
	"hide_reason" text,
	CONSTRAINT "thread_place" CHECK (num_nonnulls(lesson_id, board) = 1)
);
--> statement-breakpoint
ALTER TABLE "post" ADD CONSTRAINT "post_thread_id_thread_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."thread"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post" ADD CONSTRAINT "post_author_id_account_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_report" ADD CONSTRAINT "post_report_thread_id_thread_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."thread"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_report" ADD CONSTRAINT "post_report_post_id_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."post"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_report" ADD CONSTRAINT "post_report_reporter_id_account_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread" ADD CONSTRAINT "thread_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread" ADD CONSTRAINT "thread_author_id_account_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "post_thread" ON "post" USING btree ("thread_id","posted_at");--> statement-breakpoint
CREATE INDEX "post_author" ON "post" USING btree ("author_id","posted_at");--> statement-breakpoint
CREATE INDEX "post_search" ON "post" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "post_report_once" ON "post_report" USING btree ("thread_id",coalesce("post_id", "thread_id"),"reporter_id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "thread_lesson" ON "thread" USING btree ("lesson_id","last_at");--> statement-breakpoint
CREATE INDEX "thread_board" ON "thread" USING btree ("board","last_at");--> statement-breakpoint
CREATE INDEX "thread_search" ON "thread" USING gin ("search_text" gin_trgm_ops);
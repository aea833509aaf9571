ALTER TABLE "unit_succession" ADD COLUMN "is_main" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "unit_succession_to" ON "unit_succession" USING btree ("to_unit_id");--> statement-breakpoint
CREATE INDEX "unit_succession_from" ON "unit_succession" USING btree ("from_unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "unit_succession_main" ON "unit_succession" USING btree ("from_unit_id","on_date") WHERE is_main;
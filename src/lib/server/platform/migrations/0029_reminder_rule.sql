CREATE TABLE "reminder_rule" (
	"kind" text PRIMARY KEY NOT NULL,
	"days" smallint[] NOT NULL,
	"is_on" boolean NOT NULL
);

CREATE TABLE "lecture_quota" (
	"unit_id" uuid PRIMARY KEY NOT NULL,
	"max_bytes" bigint NOT NULL
);

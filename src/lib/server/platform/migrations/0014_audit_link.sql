CREATE TABLE "audit_link" (
	"no" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_link_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event_id" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_link_event_id_unique" UNIQUE("event_id")
);

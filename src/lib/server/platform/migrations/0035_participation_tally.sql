CREATE TABLE "attendance_tally" (
	"activity_id" uuid NOT NULL,
	"attendees" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "summons_tally" (
	"unit_id" uuid NOT NULL,
	"summoned_month" date NOT NULL,
	"completed_month" date,
	"people" integer NOT NULL
);
--> statement-breakpoint
-- Every statement that changes participations adds its differences to both tallies: +1 for what counts now, -1 for what
-- counted before. A trigger, and not the use cases, so that no writer can forget it (imports, mergers, undo, seeds).
CREATE FUNCTION tally_participations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	changed text := CASE TG_OP
		WHEN 'INSERT' THEN 'SELECT 1 AS n, * FROM new_rows'
		WHEN 'DELETE' THEN 'SELECT -1 AS n, * FROM old_rows'
		ELSE 'SELECT 1 AS n, * FROM new_rows UNION ALL SELECT -1, * FROM old_rows' END;
BEGIN
	EXECUTE format('INSERT INTO attendance_tally (activity_id, attendees)
		SELECT activity_id, sum(n) FROM (%s) changed
		WHERE voided_at IS NULL AND (attended_on IS NOT NULL OR completed_on IS NOT NULL)
		GROUP BY 1 HAVING sum(n) <> 0', changed);
	EXECUTE format('INSERT INTO summons_tally (unit_id, summoned_month, completed_month, people)
		SELECT unit_id_then, date_trunc(''month'', summoned_on::timestamp), date_trunc(''month'', completed_on::timestamp), sum(n)
		FROM (%s) changed
		WHERE voided_at IS NULL AND summoned_on IS NOT NULL
		GROUP BY 1, 2, 3 HAVING sum(n) <> 0', changed);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION empty_participation_tallies() RETURNS trigger LANGUAGE plpgsql
	AS $$ BEGIN TRUNCATE attendance_tally, summons_tally; RETURN NULL; END $$;--> statement-breakpoint
CREATE TRIGGER participation_inserted AFTER INSERT ON "participation" REFERENCING NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION tally_participations();--> statement-breakpoint
CREATE TRIGGER participation_updated AFTER UPDATE ON "participation" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION tally_participations();--> statement-breakpoint
CREATE TRIGGER participation_deleted AFTER DELETE ON "participation" REFERENCING OLD TABLE AS old_rows
	FOR EACH STATEMENT EXECUTE FUNCTION tally_participations();--> statement-breakpoint
CREATE TRIGGER participation_emptied AFTER TRUNCATE ON "participation"
	FOR EACH STATEMENT EXECUTE FUNCTION empty_participation_tallies();--> statement-breakpoint
-- What there is already.
INSERT INTO attendance_tally (activity_id, attendees)
	SELECT activity_id, count(*) FROM participation
	WHERE voided_at IS NULL AND (attended_on IS NOT NULL OR completed_on IS NOT NULL) GROUP BY 1;--> statement-breakpoint
INSERT INTO summons_tally (unit_id, summoned_month, completed_month, people)
	SELECT unit_id_then, date_trunc('month', summoned_on::timestamp), date_trunc('month', completed_on::timestamp), count(*)
	FROM participation WHERE voided_at IS NULL AND summoned_on IS NOT NULL GROUP BY 1, 2, 3;

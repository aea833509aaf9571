CREATE TABLE "roster_segment" (
	"person_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"categories" text[] NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
ALTER TABLE "roster_segment" ADD CONSTRAINT "roster_segment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_segment" ADD CONSTRAINT "roster_segment_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "roster_segment_person" ON "roster_segment" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "roster_segment_unit" ON "roster_segment" USING btree ("unit_id");--> statement-breakpoint
-- The times of one canonical person, worked out from its own dated rows and those of the rows merged into it: from each
-- day on which anything changes to the next, the unit (its own affiliation before a merged one's) and all categories held.
-- A time without a unit or without a category is none. What the derived table holds, and what it is tested against.
CREATE FUNCTION roster_segments_of(canonical uuid) RETURNS SETOF roster_segment LANGUAGE sql STABLE AS $$
	WITH same AS (
		SELECT p.id FROM person p JOIN person c ON c.id = canonical
		WHERE c.canonical_id IS NULL AND c.voided_at IS NULL
			AND (p.id = canonical OR (p.canonical_id = canonical AND p.voided_at IS NULL))
	), place AS (
		SELECT a.id, a.person_id, a.unit_id, a.valid_from, a.valid_to FROM affiliation a
		WHERE a.person_id IN (SELECT id FROM same)
	), membership AS (
		SELECT m.category_code, m.valid_from, m.valid_to FROM category_membership m
		WHERE m.person_id IN (SELECT id FROM same)
	), edge AS (
		SELECT valid_from AS day FROM place UNION SELECT valid_to FROM place
		UNION SELECT valid_from FROM membership UNION SELECT valid_to FROM membership
	), span AS (
		SELECT day AS valid_from, lead(day) OVER (ORDER BY day) AS valid_to FROM edge WHERE day IS NOT NULL
	)
	SELECT canonical, placed.unit_id, held.categories, span.valid_from, span.valid_to
	FROM span
	CROSS JOIN LATERAL (SELECT place.unit_id FROM place
		WHERE place.valid_from <= span.valid_from AND (place.valid_to IS NULL OR place.valid_to > span.valid_from)
		ORDER BY place.person_id = canonical DESC, place.valid_from DESC, place.id LIMIT 1) placed
	CROSS JOIN LATERAL (SELECT array_agg(DISTINCT m.category_code ORDER BY m.category_code) AS categories FROM membership m
		WHERE m.valid_from <= span.valid_from AND (m.valid_to IS NULL OR m.valid_to > span.valid_from)) held
	WHERE held.categories IS NOT NULL
$$;--> statement-breakpoint
-- Writes the segments of some people anew (either row of a merged pair will do). They are locked in the order of their
-- ids, so that two changes of one person take turns and the later one sees the earlier: first the rows named, since a
-- merger may be about to point them elsewhere, then those they point to.
CREATE FUNCTION refresh_roster_segments(people uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	affected uuid[];
BEGIN
	PERFORM id FROM person WHERE id = ANY(people) ORDER BY id FOR NO KEY UPDATE;
	affected := people || ARRAY(SELECT canonical_id FROM person WHERE id = ANY(people) AND canonical_id IS NOT NULL);
	PERFORM id FROM person WHERE id = ANY(affected) ORDER BY id FOR NO KEY UPDATE;
	DELETE FROM roster_segment WHERE person_id = ANY(affected);
	INSERT INTO roster_segment SELECT s.*
		FROM (SELECT DISTINCT unnest(affected) AS id) one CROSS JOIN LATERAL roster_segments_of(one.id) s;
END $$;--> statement-breakpoint
-- Affiliations and memberships: whoever has a row that came, went or changed.
CREATE FUNCTION refresh_roster_of_dated_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	people uuid[] := '{}';
BEGIN
	IF TG_OP <> 'DELETE' THEN SELECT array_agg(DISTINCT person_id) INTO people FROM new_rows; END IF;
	IF TG_OP <> 'INSERT' THEN people := people || (SELECT array_agg(DISTINCT person_id) FROM old_rows); END IF;
	IF cardinality(people) > 0 THEN PERFORM refresh_roster_segments(people); END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
-- People: those merged, parted, voided or restored, with whom they were and are merged into.
CREATE FUNCTION refresh_roster_of_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	people uuid[];
BEGIN
	SELECT array_agg(id) || array_agg(DISTINCT before_id) INTO people FROM (
		SELECT n.id, o.canonical_id AS before_id FROM new_rows n JOIN old_rows o ON o.id = n.id
		WHERE n.canonical_id IS DISTINCT FROM o.canonical_id OR n.voided_at IS DISTINCT FROM o.voided_at) changed;
	IF cardinality(people) > 0 THEN PERFORM refresh_roster_segments(people); END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER affiliation_inserted AFTER INSERT ON "affiliation" REFERENCING NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION refresh_roster_of_dated_rows();--> statement-breakpoint
CREATE TRIGGER affiliation_updated AFTER UPDATE ON "affiliation" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION refresh_roster_of_dated_rows();--> statement-breakpoint
CREATE TRIGGER affiliation_deleted AFTER DELETE ON "affiliation" REFERENCING OLD TABLE AS old_rows
	FOR EACH STATEMENT EXECUTE FUNCTION refresh_roster_of_dated_rows();--> statement-breakpoint
CREATE TRIGGER category_membership_inserted AFTER INSERT ON "category_membership" REFERENCING NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION refresh_roster_of_dated_rows();--> statement-breakpoint
CREATE TRIGGER category_membership_updated AFTER UPDATE ON "category_membership" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION refresh_roster_of_dated_rows();--> statement-breakpoint
CREATE TRIGGER category_membership_deleted AFTER DELETE ON "category_membership" REFERENCING OLD TABLE AS old_rows
	FOR EACH STATEMENT EXECUTE FUNCTION refresh_roster_of_dated_rows();--> statement-breakpoint
CREATE TRIGGER person_updated AFTER UPDATE ON "person" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION refresh_roster_of_people();--> statement-breakpoint
-- Who is there already.
INSERT INTO roster_segment SELECT s.* FROM person p CROSS JOIN LATERAL roster_segments_of(p.id) s WHERE p.canonical_id IS NULL;

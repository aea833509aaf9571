import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

/** Column types PostgreSQL has and drizzle has not. */
export const ltree = customType<{ data: string }>({ dataType: () => 'ltree' });
export const citext = customType<{ data: string }>({ dataType: () => 'citext' });
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** Sets of whole seconds as half-open ranges, in PostgreSQL's text form `{[0,10),[25,40)}`. */
export const int4multirange = customType<{ data: string }>({ dataType: () => 'int4multirange' });

/**
 * JSON as PostgreSQL holds it; say its shape with `$type`. Not drizzle's own `jsonb`: that one parses what the driver has
 * parsed already, so that the text "12" came back as the number 12 (drizzle-orm 0.45).
 */
export const jsonb = customType<{ data: unknown; driverData: unknown }>({
	dataType: () => 'jsonb',
	toDriver: (value) => JSON.stringify(value)
});

/** Primary key of a table: a UUID made by the database. */
export const id = () =>
	uuid('id')
		.primaryKey()
		.default(sql`gen_random_uuid()`);

/** An instant; always with a time zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true });

/** When the row was entered, which may be long after what it tells of happened. */
export const recordedAt = () => instant('recorded_at').notNull().defaultNow();

import { date, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { RequestKind } from '#lib/privacy/request.ts';
import { people, units } from '../organisation/tables.ts';
import { id, instant } from '../platform/columns.ts';

/** What a person asks for about the own data, and the answer. `due_on` is two working days after it came. */
export const dataRequests = pgTable(
	'data_request',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** The unit that answers: the person's when the request was sent. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		kind: text('kind').$type<RequestKind>().notNull(),
		text: text('text').notNull(),
		state: text('state').$type<'open' | 'done' | 'refused'>().notNull().default('open'),
		receivedAt: instant('received_at').notNull(),
		dueOn: date('due_on').notNull(),
		answer: text('answer'),
		answeredAt: instant('answered_at'),
		answeredBy: uuid('answered_by')
	},
	(table) => [index('data_request_person').on(table.personId), index('data_request_unit').on(table.unitId, table.state)]
);

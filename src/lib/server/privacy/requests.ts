import { and, eq, sql } from 'drizzle-orm';
import type { AnswerInput, DataRequestInput } from '#lib/privacy/input.ts';
import { answerDueOn } from '#lib/privacy/request.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { ownPersonId } from '../learning/own-class.ts';
import { notify } from '../notifications/notify.ts';
import { unitOf } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { people, units } from '../organisation/tables.ts';
import { listUnitAdmins } from '../organisation/unit-admins.ts';
import { type Context, dayOf, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { dataRequests } from './tables.ts';

/** Requests of one person that may wait at once. */
const OPEN_MOST = 5;

/**
 * Sends a request about the own data to the admins of the own unit, or where the person has none to those of the province.
 * @throws {DomainError} `forbidden` without a person; `conflict` with too many waiting
 */
export async function sendDataRequest(ctx: Context, input: DataRequestInput): Promise<void> {
	const personId = ownPersonId(ctx.actor);
	await ctx.db.transaction(async (tx) => {
		const waiting = and(eq(dataRequests.personId, personId), eq(dataRequests.state, 'open'));
		if ((await tx.$count(dataRequests, waiting)) >= OPEN_MOST)
			throw new DomainError('conflict', 'privacy.too_many_open');
		const unitId = (await unitOf(tx, personId, today(ctx))) ?? (await rootUnit(tx));
		const dueOn = answerDueOn(today(ctx));
		const [request] = await tx
			.insert(dataRequests)
			.values({ personId, unitId, ...input, receivedAt: ctx.now, dueOn })
			.returning({ id: dataRequests.id });
		if (!request) throw new Error('request was not inserted');
		await recordAudit(ctx, tx, 'data_request.sent', { objectId: request.id, unitId, kind: input.kind });
		await notify(ctx, tx, {
			template: 'privacy.requested',
			params: { dueOn },
			to: await listUnitAdmins(tx, unitId, today(ctx)),
			path: `/people/requests/${request.id}`,
			key: `privacy.requested ${request.id}`
		});
	});
}

/** Requests of the actor's units: those that wait first, the most pressing on top. */
export async function listDataRequests(ctx: Context) {
	const rows = await managed(ctx)
		.orderBy(sql`(${dataRequests.state} = 'open') desc`, dataRequests.dueOn, dataRequests.id)
		.limit(200);
	return { rows, today: today(ctx) };
}

/** @throws {DomainError} `not_found` outside the actor's units */
export async function getDataRequest(ctx: Context, requestId: string) {
	const [row] = await managed(ctx, requestId);
	if (!row) throw new DomainError('not_found', 'privacy.no_request');
	return { request: row, today: today(ctx) };
}

/**
 * Answers a request, once; with `removes` the person's contact data and personal number leave the roster. Training that
 * took place stays: it is the unit's record of its own work.
 * @throws {DomainError} `not_found`; `conflict` when somebody answered meanwhile
 */
export async function answerDataRequest(ctx: Context, requestId: string, input: AnswerInput): Promise<void> {
	const { request } = await getDataRequest(ctx, requestId);
	await ctx.db.transaction(async (tx) => {
		const answered = await tx
			.update(dataRequests)
			.set({
				state: input.outcome,
				answer: input.answer,
				answeredAt: ctx.now,
				answeredBy: accountIdOf(ctx.actor)
			})
			.where(and(eq(dataRequests.id, requestId), eq(dataRequests.state, 'open')))
			.returning({ id: dataRequests.id });
		if (answered.length === 0) throw new DomainError('conflict', 'privacy.answered_already');
		const isRemoved = input.removes && input.outcome === 'done';
		if (isRemoved) await removeContactData(tx, request.personId);
		await recordAudit(ctx, tx, 'data_request.answered', {
			objectId: requestId,
			unitId: request.unitId,
			outcome: input.outcome,
			isRemoved
		});
		await notify(ctx, tx, {
			template: 'privacy.answered',
			params: { sentOn: dayOf(request.receivedAt) },
			to: [{ personId: request.personId }],
			path: '/account/data',
			key: `privacy.answered ${requestId}`
		});
	});
}

function managed(ctx: Context, requestId?: string) {
	const scope = authorise(ctx.actor, 'roster:manage');
	return ctx.db
		.select({
			id: dataRequests.id,
			personId: dataRequests.personId,
			unitId: dataRequests.unitId,
			fullName: people.fullName,
			unitName: sql<string>`(select v.name from unit_version v where v.unit_id = ${units.id}
				order by v.valid_from desc limit 1)`,
			kind: dataRequests.kind,
			text: dataRequests.text,
			state: dataRequests.state,
			receivedAt: dataRequests.receivedAt,
			dueOn: dataRequests.dueOn,
			answer: dataRequests.answer,
			answeredAt: dataRequests.answeredAt
		})
		.from(dataRequests)
		.innerJoin(people, eq(people.id, dataRequests.personId))
		.innerJoin(units, eq(units.id, dataRequests.unitId))
		.where(and(inScope(units.path, scope), requestId ? eq(dataRequests.id, requestId) : undefined))
		.$dynamic();
}

/** Off the kept row and all rows merged into it. */
async function removeContactData(tx: Database, personId: string): Promise<void> {
	await tx
		.update(people)
		.set({
			...{ phone: null, email: null, birthDate: null, personalNumberEncrypted: null, personalNumberHmac: null },
			version: sql`${people.version} + 1`
		})
		.where(sql`${people.id} = ${personId} or ${people.canonicalId} = ${personId}`);
}

async function rootUnit(tx: Database): Promise<string> {
	const [root] = await tx
		.select({ id: units.id })
		.from(units)
		.where(sql`nlevel(${units.path}) = 1`)
		.limit(1);
	if (!root) throw new Error('there is no province');
	return root.id;
}

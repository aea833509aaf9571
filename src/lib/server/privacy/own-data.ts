import { desc, eq } from 'drizzle-orm';
import { maskPersonalNumber } from '#lib/text/personal-number.ts';
import { recordAudit } from '../audit/record.ts';
import { getOwnAccount, listOwnSessions } from '../identity/service.ts';
import { getLearningRecord } from '../learning/record.ts';
import { listOwnCertificates } from '../certificates/own.ts';
import { listAffiliations, listMemberships } from '../organisation/people-queries.ts';
import { openNumberVault } from '../organisation/personal-numbers.ts';
import { people } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { dataRequests } from './tables.ts';

/** The person behind the actor; null for operators, who stand on no roster. */
function personOf({ actor }: Context): string | null {
	return actor.kind === 'account' ? (actor.personId ?? null) : null;
}

/** What the roster holds of the actor, the personal number masked, and the actor's requests. */
export async function getOwnDataPage(ctx: Context) {
	const personId = personOf(ctx);
	const [account, record, requests] = await Promise.all([
		getOwnAccount(ctx),
		personId ? personRecord(ctx, personId) : null,
		personId ? listOwnRequests(ctx, personId) : []
	]);
	return { account, record, requests };
}

/**
 * Everything the system holds of the actor as plain JSON, for the actor to take away; that it was taken is recorded.
 * The personal number stands masked: the file may lie on a shared machine, and its owner knows the number.
 */
export async function exportOwnData(ctx: Context) {
	const personId = personOf(ctx);
	const [page, sessions, learning, certificates] = await Promise.all([
		getOwnDataPage(ctx),
		listOwnSessions(ctx),
		personId ? getLearningRecord(ctx) : null,
		personId ? listOwnCertificates(ctx) : []
	]);
	await recordAudit(ctx, ctx.db, 'personal_data.exported_own', { ...(personId && { objectId: personId }) });
	return {
		exportedAt: ctx.now.toISOString(),
		...page,
		sessions: sessions.map(({ id: _, ...session }) => session),
		learning,
		certificates
	};
}

async function personRecord(ctx: Context, personId: string) {
	const [row] = await ctx.db.select().from(people).where(eq(people.id, personId));
	if (!row) return null;
	const { personalNumberEncrypted, personalNumberHmac: _, searchName: __, ...person } = row;
	const digits = personalNumberEncrypted ? openNumberVault(ctx.config).open(personalNumberEncrypted) : null;
	const [affiliations, memberships] = await Promise.all([
		listAffiliations(ctx.db, personId),
		listMemberships(ctx.db, personId)
	]);
	return { ...person, personalNumber: digits && maskPersonalNumber(digits), affiliations, memberships };
}

function listOwnRequests({ db }: Context, personId: string) {
	return db
		.select({
			id: dataRequests.id,
			kind: dataRequests.kind,
			text: dataRequests.text,
			state: dataRequests.state,
			receivedAt: dataRequests.receivedAt,
			dueOn: dataRequests.dueOn,
			answer: dataRequests.answer,
			answeredAt: dataRequests.answeredAt
		})
		.from(dataRequests)
		.where(eq(dataRequests.personId, personId))
		.orderBy(desc(dataRequests.receivedAt));
}

import { and, eq, sql } from 'drizzle-orm';
import type { CertificatePolicy } from '#lib/certificates/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, can } from '../identity/permissions.ts';
import { BY_NAME } from '../organisation/queries.ts';
import { people, unitVersions } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getClass, lockClass } from '../training/access.ts';
import { participations } from '../training/tables.ts';
import { findBatch } from './batch.ts';
import { drawCertificates } from './draw.ts';
import { pagesOf } from './pdf.ts';
import { ruleOf } from './policy.ts';
import { certificates, classPolicies } from './tables.ts';

/** Certificates of one printed sheet; more would keep a web process busy for seconds. */
const SHEET_MAX = 1500;

/**
 * Everybody who completed a class, with the certificate where there is one, and what may be done.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getClassCertificates(ctx: Context, activityId: string) {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'certificate:read'), activityId);
	const [rule, rows, batch] = await Promise.all([
		ruleOf(ctx.db, activityId),
		ctx.db
			.select({
				participationId: participations.id,
				fullName: people.fullName,
				unitName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
					where ${unitVersions.unitId} = ${participations.unitIdThen} order by ${unitVersions.validFrom} desc limit 1)`,
				completedOn: participations.completedOn,
				certificateId: certificates.id,
				state: certificates.state,
				number: certificates.number,
				issuedOn: certificates.issuedOn,
				suffix: sql<string | null>`${certificates.content}->'design'->>'numberSuffix'`,
				isSigned: sql<boolean>`${certificates.signedKey} is not null`
			})
			.from(participations)
			.innerJoin(people, eq(people.id, participations.personId))
			.leftJoin(
				certificates,
				and(eq(certificates.participationId, participations.id), sql`${certificates.state} <> 'revoked'`)
			)
			.where(
				and(
					eq(participations.activityId, activityId),
					sql`${participations.completedOn} is not null and ${participations.voidedAt} is null`
				)
			)
			.orderBy(...BY_NAME),
		findBatch(ctx, activityId)
	]);
	const issued = rows.filter(({ state }) => state === 'issued').length;
	return {
		activity: { id: activity.id, title: activity.title, organiserName: activity.organiserName },
		policy: rule.policy,
		hasTemplate: rule.template !== null,
		rows,
		counts: { completed: rows.length, issued, owed: rows.length - issued },
		batch: batch ?? null,
		canApprove: can(ctx.actor, 'certificate:approve'),
		canSetPolicy: can(ctx.actor, 'certificate:manage')
	};
}

/** How many certificates a class has given that stand, for its funnel; null where the actor sees no certificates. */
export async function countIssued(ctx: Context, activityId: string): Promise<number | null> {
	if (!can(ctx.actor, 'certificate:read')) return null;
	const [row] = await ctx.db.execute<{ issued: number }>(sql`
		select count(*)::int as issued from certificate c join participation pt on pt.id = c.participation_id
		where pt.activity_id = ${activityId} and pt.voided_at is null and c.state = 'issued'`);
	return row?.issued ?? 0;
}

/** Lets one class depart from its organiser's policy. @throws {DomainError} `not_found` outside the actor's units */
export async function setClassPolicy(ctx: Context, activityId: string, policy: CertificatePolicy): Promise<void> {
	const scope = authorise(ctx.actor, 'certificate:manage');
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		const recorded = {
			policy,
			recordedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
			recordedAt: ctx.now
		};
		await tx
			.insert(classPolicies)
			.values({ activityId, ...recorded })
			.onConflictDoUpdate({ target: classPolicies.activityId, set: recorded });
		await recordAudit(ctx, tx, 'certificate.class_policy_set', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			policy
		});
	});
}

/**
 * All certificates of a class that stand, as one PDF to print, in the order of numbers.
 * @throws {DomainError} `not_found` without any; `conflict` for more than a sheet holds
 */
export async function classSheet(ctx: Context, activityId: string): Promise<Buffer> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'certificate:read'), activityId);
	const rows = await ctx.db
		.select({ content: certificates.content })
		.from(certificates)
		.innerJoin(participations, eq(participations.id, certificates.participationId))
		.where(and(eq(participations.activityId, activityId), eq(certificates.state, 'issued')))
		.orderBy(certificates.year, certificates.number);
	const contents = rows.map(({ content }) => content).filter((content) => content !== null);
	if (contents.length === 0) throw new DomainError('not_found', 'certificates.nothing_to_print');
	if (contents.length > SHEET_MAX)
		throw new DomainError('conflict', 'certificates.sheet_too_long', { most: SHEET_MAX });
	await recordAudit(ctx, ctx.db, 'certificate.sheet_printed', {
		objectId: activityId,
		unitId: activity.organiserUnitId,
		count: contents.length
	});
	return drawCertificates(await pagesOf(ctx, contents));
}

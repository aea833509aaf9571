import { and, asc, count, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { certificateNumber } from '#lib/certificates/content.ts';
import { certificateMessages } from '#lib/i18n/certificates.ts';
import { formatDay } from '#lib/i18n/format.ts';
import { likeContains } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, can } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { participations, trainingActivities } from '../training/tables.ts';
import { getManaged } from './managed.ts';
import { certificates } from './tables.ts';

/** Lines of one page. */
const PER_PAGE = 50;

/** What the number book is narrowed to. */
export type BookFilter = Readonly<{ text?: string; year?: number; state?: 'issued' | 'revoked'; page: number }>;

const bookUnit = sql<string>`(select v.name from unit_version v where v.unit_id = ${certificates.unitId}
	order by v.valid_from desc limit 1)`;

/** Sổ cấp giấy chứng nhận: every number that was given, revoked ones too, newest first. */
export async function listBook(ctx: Context, filter: BookFilter) {
	const where = conditions(ctx, filter);
	const [rows, total, years, waiting] = await Promise.all([
		book(ctx, where)
			.orderBy(desc(certificates.year), desc(certificates.issuedAt), desc(certificates.number))
			.limit(PER_PAGE)
			.offset((filter.page - 1) * PER_PAGE),
		countBook(ctx, where),
		ctx.db.selectDistinct({ year: certificates.year }).from(certificates).where(isNotNull(certificates.year)),
		countBook(ctx, and(ofScope(ctx), eq(certificates.state, 'waiting')))
	]);
	return {
		rows: rows.map(line),
		total,
		pageCount: Math.ceil(total / PER_PAGE),
		years: years.map(({ year }) => year ?? 0).toSorted((a, b) => b - a),
		waiting,
		canManage: can(ctx.actor, 'certificate:manage')
	};
}

/** The whole book behind the filter as a table to take away; that it was taken is written down. */
export async function bookSheet(ctx: Context, filter: Omit<BookFilter, 'page'>): Promise<Sheet> {
	const rows = await book(ctx, conditions(ctx, { ...filter, page: 1 })).orderBy(
		asc(certificates.year),
		asc(bookUnit),
		asc(certificates.number)
	);
	await recordAudit(ctx, ctx.db, 'certificate.book_exported', { rows: rows.length });
	const t = certificateMessages.vi.book;
	return {
		title: t.title,
		headings: [t.number, t.issuedOn, t.holder, t.holderUnit, t.className, t.issuer, t.state, t.note],
		rows: rows
			.map(line)
			.map((row) => [
				row.number,
				row.issuedOn ? formatDay(row.issuedOn) : '',
				row.fullName,
				row.unitName,
				row.className,
				row.bookUnit,
				t.states[row.state],
				row.revokeReason ?? ''
			]),
		notes: [filter.year ? `${t.year}: ${filter.year}` : t.allYears]
	};
}

/** One certificate for those who answer for it. @throws {DomainError} `not_found` outside the actor's units */
export async function getCertificate(ctx: Context, certificateId: string) {
	const found = await getManaged(ctx.db, authorise(ctx.actor, 'certificate:read'), certificateId);
	const [replaced] = found.replacesId
		? await ctx.db.select().from(certificates).where(eq(certificates.id, found.replacesId))
		: [];
	const [replacement] = await ctx.db.select().from(certificates).where(eq(certificates.replacesId, certificateId));
	const numberOf = (one: typeof replaced) =>
		one?.content ? { id: one.id, number: certificateNumber(one.content) } : null;
	return {
		certificate: {
			...{ id: found.id, state: found.state, content: found.content, issuedOn: found.issuedOn, code: found.code },
			...{ revokedAt: found.revokedAt, revokeReason: found.revokeReason, activityId: found.activityId },
			...{ className: found.className, fullName: found.fullName, personId: found.personId },
			...{ pdfSha256: found.pdfSha256, signedAt: found.signedAt, signer: found.signer },
			number: found.content ? certificateNumber(found.content) : null,
			isNameChanged: found.content !== null && found.content.fullName !== found.fullName
		},
		replaces: numberOf(replaced),
		replacedBy: numberOf(replacement),
		canApprove: can(ctx.actor, 'certificate:approve')
	};
}

function ofScope(ctx: Context): SQL {
	return inScope(units.path, authorise(ctx.actor, 'certificate:read'));
}

function conditions(ctx: Context, { text, year, state }: BookFilter): SQL | undefined {
	return and(
		ofScope(ctx),
		isNotNull(certificates.number),
		year ? eq(certificates.year, year) : undefined,
		state ? eq(certificates.state, state) : undefined,
		text
			? sql`(${certificates.searchName} like ${likeContains(text)} or fold(${trainingActivities.title}) like ${likeContains(text)}
				or ${certificates.number}::text = ${/^\d{1,9}/.exec(text)?.[0] ?? ''} or ${certificates.code} = ${text.toUpperCase().replace(/[^0-9A-Z]/g, '')})`
			: undefined
	);
}

async function countBook(ctx: Context, where: SQL | undefined): Promise<number> {
	const [row] = await ctx.db
		.select({ total: count() })
		.from(certificates)
		.innerJoin(participations, eq(participations.id, certificates.participationId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(where);
	return row?.total ?? 0;
}

function book(ctx: Context, where: SQL | undefined) {
	return ctx.db
		.select({
			id: certificates.id,
			state: certificates.state,
			content: certificates.content,
			issuedOn: certificates.issuedOn,
			revokeReason: certificates.revokeReason,
			isSigned: sql<boolean>`${certificates.signedKey} is not null`,
			activityId: trainingActivities.id,
			bookUnit
		})
		.from(certificates)
		.innerJoin(participations, eq(participations.id, certificates.participationId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(where);
}

type BookRow = Awaited<ReturnType<typeof book>>[number];

function line({ content, state, ...row }: BookRow) {
	return {
		...row,
		state: state === 'revoked' ? ('revoked' as const) : ('issued' as const),
		number: content ? certificateNumber(content) : '',
		fullName: content?.fullName ?? '',
		unitName: content?.unitName ?? '',
		className: content?.className ?? ''
	};
}

import { and, eq, exists, type SQL, sql } from 'drizzle-orm';
import { likeContains } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { holdsOn } from '../organisation/dated.ts';
import { BY_NAME, isPerson } from '../organisation/queries.ts';
import { listLegalFields } from '../organisation/reference-data.ts';
import { affiliations, categoryMemberships, people, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getSite } from './site.ts';
import { siteSettings } from './tables.ts';

const PER_PAGE = 50;
const CATEGORY = 'legal_rapporteur';

/** What a visitor looks for; everything may be left out. */
export type RapporteurFilter = Readonly<{ text?: string; field?: string; page: number }>;

/**
 * The rapporteurs recognised today: name, unit and legal fields, and nothing else (TT 10/2016/TT-BTP Đ.8). Anybody may
 * read it where the province has switched it on.
 * @throws {DomainError} `not_found` `page.not_found` where it is off
 */
export async function listPublicRapporteurs(ctx: Context, { text, field, page }: RapporteurFilter) {
	if ((await getSite(ctx.db)).rapporteurList !== 'on') throw new DomainError('not_found', 'page.not_found');
	const day = today(ctx);
	const held = and(
		eq(categoryMemberships.personId, people.id),
		eq(categoryMemberships.categoryCode, CATEGORY),
		holdsOn(categoryMemberships, day)
	);
	const where: SQL | undefined = and(
		isPerson,
		exists(
			ctx.db
				.select({ one: sql`1` })
				.from(categoryMemberships)
				.where(and(held, field ? sql`${categoryMemberships.legalFields} @> array[${field}]::text[]` : undefined))
		),
		text ? sql`${people.searchName} like ${likeContains(text)}` : undefined
	);
	const from = ctx.db
		.select({
			fullName: people.fullName,
			unitName: unitVersions.name,
			fields: sql<string[]>`array(select distinct coalesce(f.name_vi, field) from category_membership m
				cross join unnest(m.legal_fields) field left join legal_field f on f.code = field
				where m.person_id = ${people.id} and m.category_code = ${CATEGORY} and m.valid_from <= ${day}::date
					and (m.valid_to is null or m.valid_to > ${day}::date) order by 1)`,
			total: sql<number>`(count(*) over ())::int`
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, affiliations.unitId), holdsOn(unitVersions, day)));
	const rows = await from
		.where(where)
		.orderBy(...BY_NAME)
		.limit(PER_PAGE)
		.offset((page - 1) * PER_PAGE);
	const fields = (await listLegalFields(ctx.db, day)).map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn }));
	const total = rows[0]?.total ?? 0;
	return {
		rows: rows.map(({ fullName, unitName, fields: of }) => ({ fullName, unitName, fields: of })),
		...{ fields, total, pageCount: Math.max(1, Math.ceil(total / PER_PAGE)) }
	};
}

/** Whether the list is public, for the page that decides it. @throws {DomainError} `forbidden` */
export async function isRapporteurListPublic(ctx: Context): Promise<boolean> {
	authorise(ctx.actor, 'targets:manage');
	return (await getSite(ctx.db)).rapporteurList === 'on';
}

/** The province publishes the list or withdraws it. @throws {DomainError} `forbidden` */
export async function switchRapporteurList(ctx: Context, isOn: boolean): Promise<void> {
	authorise(ctx.actor, 'targets:manage');
	await ctx.db.transaction(async (tx) => {
		await tx
			.insert(siteSettings)
			.values({ values: { rapporteurList: isOn ? 'on' : 'off' } })
			.onConflictDoUpdate({
				target: siteSettings.only,
				set: { values: sql`${siteSettings.values} || excluded."values"`, version: sql`${siteSettings.version} + 1` }
			});
		await recordAudit(ctx, tx, 'site.rapporteur_list_switched', { isOn });
	});
}

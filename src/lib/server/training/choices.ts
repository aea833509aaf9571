import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { authorise, can, covers, PERMISSIONS } from '../identity/permissions.ts';
import { courses, courseVersions } from '../catalogue/tables.ts';
import { listUnits } from '../organisation/queries.ts';
import { listCategories, listLegalFields } from '../organisation/reference-data.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { listTopics } from './reference-data.ts';

/**
 * Units the actor may organise classes for, with the own one first choice, the groups a class may be for, topics and legal
 * fields. `named` are those that the class names already.
 */
export async function getClassChoices(ctx: Context, named: { topics?: string[]; legalFields?: string[] } = {}) {
	const scope = authorise(ctx.actor, 'training:manage');
	const [units, groups, topics, fields] = await Promise.all([
		listUnits(ctx.db, scope),
		listCategories(ctx.db, today(ctx)),
		listTopics(ctx.db, today(ctx), named.topics),
		listLegalFields(ctx.db, today(ctx), named.legalFields)
	]);
	const roles: readonly string[] = PERMISSIONS['training:manage'];
	const grants = ctx.actor.kind === 'account' ? ctx.actor.grants : [];
	const own = grants.find(({ role }) => roles.includes(role))?.unitId;
	return {
		units: units.map(({ id, name, path, depth }) => ({ id, name, path, depth })),
		ownUnitId: units.some(({ id }) => id === own) ? own : units[0]?.id,
		categories: groups.map(({ code, nameVi, nameEn, isTarget }) => ({ code, nameVi, nameEn, isTarget })),
		...namedChoices(topics, fields)
	};
}

type Named = readonly { code: string; nameVi: string; nameEn: string }[];
const named = (rows: Named) => rows.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn }));
const namedChoices = (topics: Named, fields: Named) => ({ topics: named(topics), legalFields: named(fields) });

/** Units and groups the list of classes can be narrowed to. */
export async function getListChoices(ctx: Context) {
	const [units, topics, fields] = await Promise.all([
		listUnits(ctx.db, authorise(ctx.actor, 'training:read')),
		listTopics(ctx.db),
		listLegalFields(ctx.db)
	]);
	return {
		units: units.map(({ id, name }) => ({ id, name })),
		...namedChoices(topics, fields),
		canManage: can(ctx.actor, 'training:manage')
	};
}

/** The newest published version of each course that is not withdrawn: what a class can be held on. */
export async function listClassCourses(ctx: Context) {
	authorise(ctx.actor, 'training:manage');
	const rows = await ctx.db
		.selectDistinctOn([courseVersions.courseId], {
			courseVersionId: courseVersions.id,
			code: courses.code,
			title: courseVersions.title,
			teachingPeriods: courseVersions.teachingPeriods,
			audience: courseVersions.audience
		})
		.from(courseVersions)
		.innerJoin(courses, eq(courses.id, courseVersions.courseId))
		.where(and(eq(courseVersions.status, 'published'), isNull(courses.retiredAt)))
		.orderBy(courseVersions.courseId, desc(courseVersions.number));
	return rows.toSorted((a, b) => a.code.localeCompare(b.code));
}

/** The unit's people as the form of a held class lists them; `tooMany` instead where they would not fit on one page. */
export async function listOwnRoster(ctx: Context, unitPath: string) {
	if (!covers(authorise(ctx.actor, 'training:manage'), unitPath))
		throw new DomainError('not_found', 'training.no_class');
	const day = today(ctx);
	const rows = await ctx.db.execute<{
		personId: string;
		fullName: string;
		position: string | null;
		unitName: string;
	}>(sql`
		select person.id as "personId", person.full_name as "fullName", affiliation.position, unit_version.name as "unitName"
		from person
			join affiliation on affiliation.person_id = person.id and affiliation.valid_from <= ${day}
				and (affiliation.valid_to is null or affiliation.valid_to > ${day})
			join unit on unit.id = affiliation.unit_id
			join unit_version on unit_version.unit_id = unit.id and unit_version.valid_from <= ${day}
				and (unit_version.valid_to is null or unit_version.valid_to > ${day})
		where person.canonical_id is null and person.voided_at is null and unit.path <@ ${unitPath}::ltree
			and exists (select 1 from category_membership held join category on category.code = held.category_code
				where held.person_id = person.id and category.is_target and held.valid_from <= ${day}
					and (held.valid_to is null or held.valid_to > ${day}))
		order by person.given_name collate "vi-x-icu", person.full_name collate "vi-x-icu", person.id
		limit ${LONGEST_ROSTER + 1}`);
	return rows.length > LONGEST_ROSTER ? { tooMany: true, people: [] } : { tooMany: false, people: [...rows] };
}

/** People one can tick on one page of a phone. */
const LONGEST_ROSTER = 200;

import { sql, type SQL } from 'drizzle-orm';
import { readTargetsFilter } from '#lib/indicators/input.ts';
import type { ApiScope } from '#lib/sharing/scopes.ts';
import { recordAudit } from '../audit/record.ts';
import { getTargetsPage } from '../indicators/service.ts';
import { openNumberVault } from '../organisation/personal-numbers.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { currentRule } from '../training/counting-rule.ts';
import { opensNumbers, type KeyHolder } from './keys.ts';

/** One page of a set of data. `next` goes on from here; null at the end. */
type Page = Readonly<{ dataset: string; data: readonly object[]; next: string | null }>;

export type Asked = Readonly<{ cursor: string | undefined; limit: number; query: URLSearchParams }>;

/** Sets of data by their place in the address; names as the Ministry's shared data warehouse gives them. */
export const DATASETS = ['units', 'people', 'courses', 'activities', 'indicators'] as const;
export type Dataset = (typeof DATASETS)[number] & ApiScope;

const read: Readonly<Record<Dataset, (ctx: Context, holder: KeyHolder, asked: Asked) => Promise<Page>>> = {
	units: readUnits,
	people: readPeople,
	courses: readCourses,
	activities: readActivities,
	indicators: readIndicators
};

/** A page of a set, of the key's unit and all below it. */
export const readDataset = (ctx: Context, dataset: Dataset, holder: KeyHolder, asked: Asked) =>
	read[dataset](ctx, holder, asked);

/** Rows by their id, one more than the page holds to see whether it goes on. */
async function paged(ctx: Context, dataset: string, { limit }: Asked, query: SQL): Promise<Page> {
	const rows = await ctx.db.execute<{ id: string }>(sql`${query} limit ${limit + 1}`);
	const data = [...rows].slice(0, limit);
	return { dataset, data, next: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}

const after = (column: SQL, { cursor }: Asked) => (cursor ? sql`and ${column} > ${cursor}::uuid` : sql``);
const within = (path: SQL, { unitPath }: KeyHolder) => sql`${path} <@ ${unitPath}::ltree`;

function readUnits(ctx: Context, holder: KeyHolder, asked: Asked): Promise<Page> {
	const day = today(ctx);
	return paged(
		ctx,
		'Cơ quan, đơn vị',
		asked,
		sql`select u.id, u.code, v.name, v.type, parent.code as "parentCode", v.valid_from::text as "validFrom"
			from unit u join unit_version v on v.unit_id = u.id and v.valid_from <= ${day}::date
				and (v.valid_to is null or v.valid_to > ${day}::date)
			left join unit parent on parent.id = v.parent_id
			where ${within(sql`u.path`, holder)} ${after(sql`u.id`, asked)} order by u.id`
	);
}

/** `category` narrows to one of the roster's groups: `legal_rapporteur` is "Báo cáo viên pháp luật". */
async function readPeople(ctx: Context, holder: KeyHolder, asked: Asked): Promise<Page> {
	const day = today(ctx);
	const category = asked.query.get('category');
	const hasNumbers = await opensNumbers(ctx, holder.keyId);
	const number = hasNumbers ? sql`, p.personal_number_encrypted as "sealed"` : sql``;
	const page = await paged(
		ctx,
		category === 'legal_rapporteur'
			? 'Báo cáo viên pháp luật'
			: category === 'legal_propagandist'
				? 'Tuyên truyền viên pháp luật'
				: 'Danh sách đối tượng',
		asked,
		sql`select p.id, p.full_name as "fullName", p.birth_year as "birthYear", p.gender, a.position, u.code as "unitCode",
				array(select json_build_object('code', m.category_code, 'validFrom', m.valid_from, 'legalFields', m.legal_fields)
					from category_membership m where m.person_id = p.id and m.valid_from <= ${day}::date
						and (m.valid_to is null or m.valid_to > ${day}::date) order by m.category_code) as categories,
				(select min(f.completed_on)::text from first_completion f join target_stage s
					on ${day}::date between s.starts_on and s.ends_on
					where f.person_id = p.id and f.completed_on between s.starts_on and ${day}::date) as "trainedOn" ${number}
			from person p join affiliation a on a.person_id = p.id and a.valid_from <= ${day}::date
				and (a.valid_to is null or a.valid_to > ${day}::date)
			join unit u on u.id = a.unit_id
			where p.voided_at is null and p.canonical_id is null and ${within(sql`u.path`, holder)} ${after(sql`p.id`, asked)}
				${
					category
						? sql`and exists (select 1 from category_membership m where m.person_id = p.id
							and m.category_code = ${category} and m.valid_from <= ${day}::date
							and (m.valid_to is null or m.valid_to > ${day}::date))`
						: sql``
				}
			order by p.id`
	);
	const facts = { objectId: holder.keyId, unitId: holder.unitId, rows: page.data.length, hasNumbers };
	await recordAudit({ ...ctx, actor: holder.actor }, ctx.db, 'api.people_read', facts);
	if (!hasNumbers) return page;
	const vault = openNumberVault(ctx.config);
	const data = page.data.map((row) => {
		const { sealed, ...person } = row as { sealed: Buffer | null };
		return { ...person, personalNumber: sealed ? vault.open(sealed) : null };
	});
	return { ...page, data };
}

function readCourses(ctx: Context, holder: KeyHolder, asked: Asked): Promise<Page> {
	return paged(
		ctx,
		'Khóa học trực tuyến',
		asked,
		sql`select c.id, c.code, v.title, v.summary, v.teaching_periods::float8 as "teachingPeriods", v.audience, v.topics,
				u.code as "unitCode", v.number as version, v.published_at as "publishedAt"
			from course c join unit u on u.id = c.unit_id
			join lateral (select * from course_version v where v.course_id = c.id and v.status = 'published'
				order by v.number desc limit 1) v on true
			where c.retired_at is null and ${within(sql`u.path`, holder)} ${after(sql`c.id`, asked)} order by c.id`
	);
}

/**
 * `mode` is the form as it was held; `form` is one of the two that the set's name knows, a hybrid class being online only
 * where the province's rule says so.
 */
async function readActivities(ctx: Context, holder: KeyHolder, asked: Asked): Promise<Page> {
	const rule = await currentRule(ctx.db);
	const hybrid = rule.hybridRule === 'all_hybrid' ? sql`'trực tuyến'` : sql`'trực tiếp'`;
	const since = asked.query.get('changedSince');
	return paged(
		ctx,
		'Hội nghị tập huấn (trực tuyến, trực tiếp)',
		asked,
		sql`select a.id, a.title, a.kind, a.source, a.mode,
				case when a.mode in ('online_self_paced', 'online_live') then 'trực tuyến'
					when a.mode = 'hybrid' then ${hybrid} else 'trực tiếp' end as form,
				u.code as "organiserCode", a.document_no as "documentNo", a.document_date::text as "documentDate",
				a.starts_on::text as "startsOn", a.due_on::text as "dueOn", a.ended_on::text as "endedOn", a.status,
				a.teaching_periods::float8 as "teachingPeriods", a.topics, a.legal_fields as "legalFields", a.audience,
				a.state_budget_vnd as "stateBudgetVnd", a.other_funds_vnd as "otherFundsVnd",
				(select count(*) from participation p where p.activity_id = a.id and p.voided_at is null
					and p.summoned_on is not null)::int as summoned,
				(select count(*) from participation p where p.activity_id = a.id and p.voided_at is null
					and (p.attended_on is not null or p.completed_on is not null))::int as attended,
				(select count(*) from participation p where p.activity_id = a.id and p.voided_at is null
					and p.completed_on is not null)::int as completed,
				(select coalesce(sum(r.trained_count), 0) from aggregate_result r
					where r.activity_id = a.id and r.voided_at is null)::int as "completedInNumbers"
			from training_activity a join unit u on u.id = a.organiser_unit_id
			where ${within(sql`u.path`, holder)} ${after(sql`a.id`, asked)}
				${since && /^\d{4}-\d{2}-\d{2}$/.test(since) ? sql`and a.recorded_at >= ${since}::date` : sql``}
			order by a.id`
	);
}

/** The shares of the targets page with the same rules; `unit` and `cutoff` as in its address. */
async function readIndicators(ctx: Context, holder: KeyHolder, { query }: Asked): Promise<Page> {
	const filter = readTargetsFilter(query);
	const page = await getTargetsPage({ ...ctx, actor: holder.actor }, filter);
	const { selection } = page;
	const shared = { unitCode: selection.unit.code, stage: selection.stage.code, cutOff: selection.window.to };
	const share = (indicator: string, { part, whole }: { part: number; whole: number }, more: object = {}) => ({
		...{ indicator, ...shared, part, whole },
		// Two decimals, rounded down as on the page; nothing to count is no percentage.
		percent: whole === 0 ? null : Math.floor((part * 10_000) / whole) / 100,
		...more
	});
	const target = (figure: typeof page.trained) => ({
		target: figure.target ? { comparison: figure.target.comparison, percent: figure.target.percent } : null,
		verdict: figure.verdict
	});
	return {
		dataset: 'Chỉ tiêu tập huấn',
		data: [
			share('trained_share', page.trained.share, target(page.trained)),
			share('online_share', page.online.share, target(page.online)),
			share('online_share_strict', page.onlineStrict),
			share('online_share_upper', page.onlineUpper),
			share('completion_rate', page.completion),
			...page.units.flatMap((line) => [
				share('trained_share', line.trained, { unitCode: line.code }),
				share('online_share', line.online, { unitCode: line.code })
			])
		],
		next: null
	};
}

/** @throws {DomainError} `invalid` `sharing.bad_page` */
export function readAsked(query: URLSearchParams): Asked {
	const cursor = query.get('cursor') ?? undefined;
	const limit = Number(query.get('limit') ?? 100);
	const isUuid = cursor === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor);
	if (!isUuid || !Number.isInteger(limit) || limit < 1 || limit > 500)
		throw new DomainError('invalid', 'sharing.bad_page');
	return { cursor, limit, query };
}

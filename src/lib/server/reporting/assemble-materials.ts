import { sql } from 'drizzle-orm';
import { libraryMessages } from '#lib/i18n/library.ts';
import type { Window } from '#lib/indicators/period.ts';
import { RESOURCE_KINDS, type ResourceKind } from '#lib/library/input.ts';
import type { ManualRow } from '#lib/reporting/report-content.ts';
import type { Database } from '../platform/database.ts';

const SOURCE = 'Hệ thống; lượt xem, tải tính đến ngày lập';

type Counted = { kind: ResourceKind | 'course'; created: number; updated: number; views: number };

/**
 * Biểu 06 from data: courses published and resources of the library added in the period, with newer versions of either, and
 * how often they were opened or downloaded up to now. What was withdrawn is left out, and so are kinds with nothing.
 */
export async function materialRows(db: Database, path: string, { from, to }: Window): Promise<ManualRow[]> {
	const isWithin = (at: string) => sql`${sql.raw(at)}::date between ${from}::date and ${to}::date`;
	const rows = await db.execute<Counted>(sql`
		select 'course' as kind,
			count(*) filter (where v.number = 1)::int as created, count(*) filter (where v.number > 1)::int as updated,
			coalesce(sum((select count(*) from training_activity a join participation p on p.activity_id = a.id
				where a.course_version_id = v.id and p.attended_on is not null and p.voided_at is null)), 0)::int as views
		from course_version v join course c on c.id = v.course_id join unit u on u.id = c.unit_id
		where u.path <@ ${path}::ltree and ${isWithin('v.published_at')}
		union all
		select r.kind, count(*) filter (where ${isWithin('r.recorded_at')})::int, coalesce(sum(f.newer), 0)::int,
			sum(r.views + r.downloads)::int
		from learning_resource r join unit u on u.id = r.unit_id
			left join lateral (select count(*) as newer from learning_resource_file f
				where f.resource_id = r.id and f.number > 1 and ${isWithin('f.recorded_at')}) f on true
		where u.path <@ ${path}::ltree and r.withdrawn_at is null and r.recorded_at::date <= ${to}::date
		group by r.kind`);
	const { kinds } = libraryMessages.vi;
	const order: readonly Counted['kind'][] = ['course', ...RESOURCE_KINDS];
	return rows
		.filter(({ created, updated }) => created + updated > 0)
		.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
		.map(({ kind, ...values }) => ({
			values: { kind: kind === 'course' ? 'Khóa học trực tuyến (bài giảng điện tử)' : kinds[kind], ...values },
			...{ source: SOURCE, isMade: true }
		}));
}

import { sql } from 'drizzle-orm';
import { formatDay, formatNumber } from '#lib/i18n/format.ts';
import { sharingMessages } from '#lib/i18n/sharing.ts';
import { getSite } from '../indicators/site.ts';
import { dayOf, type Context } from '../platform/context.ts';
import { mustBePublic } from './publish.ts';

/** Courses that feeds and the widget show. */
const SHOWN = 50;

type PublicCourse = { id: string; code: string; title: string; summary: string; periods: number; published_at: string };

/** Published courses, the newest first. @throws {DomainError} `not_found` where the province has not switched them on */
async function listPublicCourses(ctx: Context): Promise<PublicCourse[]> {
	await mustBePublic(ctx.db, 'courses');
	const rows = await ctx.db.execute<PublicCourse>(sql`
		select c.id, c.code, v.title, v.summary, v.teaching_periods::float8 as periods,
			to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at
		from course c join lateral (select * from course_version v where v.course_id = c.id and v.status = 'published'
			order by v.number desc limit 1) v on true
		where c.retired_at is null order by v.published_at desc, c.id limit ${SHOWN}`);
	return [...rows];
}

/** JSON Feed 1.1 (jsonfeed.org). */
export async function courseJsonFeed(ctx: Context, origin: string): Promise<string> {
	const [courses, site] = await Promise.all([listPublicCourses(ctx), getSite(ctx.db)]);
	return JSON.stringify({
		version: 'https://jsonfeed.org/version/1.1',
		title: site.name,
		home_page_url: `${origin}/`,
		feed_url: `${origin}/feeds/courses.json`,
		language: 'vi',
		items: courses.map(({ id, title, summary, published_at }) => ({
			...{ id: `${origin}/courses/${id}`, url: `${origin}/courses/${id}`, title },
			...{ content_text: summary || title, date_published: published_at }
		}))
	});
}

/** RSS 2.0 (rssboard.org). */
export async function courseRss(ctx: Context, origin: string): Promise<string> {
	const [courses, site] = await Promise.all([listPublicCourses(ctx), getSite(ctx.db)]);
	const items = courses.map(({ id, title, summary, published_at }) => {
		const url = `${origin}/courses/${id}`;
		const at = new Date(published_at).toUTCString();
		return `<item><title>${escape(title)}</title><link>${url}</link><guid>${url}</guid><pubDate>${at}</pubDate><description>${escape(summary)}</description></item>`;
	});
	const description = escape(sharingMessages.vi.feed);
	return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${escape(site.name)}</title><link>${origin}/</link><description>${description}</description><language>vi</language>${items.join('')}</channel></rss>
`;
}

/** Courses as a page to be framed by a portal (NukeViet, plain iframe): no script, no cookie, links open a page of their own. */
export async function courseWidget(ctx: Context, origin: string): Promise<string> {
	const [courses, site] = await Promise.all([listPublicCourses(ctx), getSite(ctx.db)]);
	const t = sharingMessages.vi;
	const items = courses.slice(0, 10).map(({ id, title, periods, published_at }) => {
		const facts = t.widgetFacts(formatNumber(periods), formatDay(dayOf(new Date(published_at))));
		return `<li><a href="${origin}/courses/${id}" target="_blank" rel="noopener">${escape(title)}</a><small>${escape(facts)}</small></li>`;
	});
	return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(t.widgetTitle)}</title>
<style>body{margin:0;padding:.75rem;font:1rem/1.5 system-ui,sans-serif;color:#16233a;background:#fff}h1{margin:0 0 .5rem;font-size:1.1rem;color:#0b3d91}ul{margin:0;padding:0;list-style:none}li{padding:.5rem 0;border-top:1px solid #cdd6e4}a{color:#0b3d91;font-weight:600}small{display:block;color:#47566e}</style></head>
<body><h1>${escape(t.widgetTitle)}</h1><ul>${items.join('')}</ul><p><a href="${origin}/" target="_blank" rel="noopener">${escape(site.name)}</a></p></body></html>
`;
}

const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

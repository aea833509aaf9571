import { Validator } from '@seriousme/openapi-schema-validator';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { ApiScope } from '#lib/sharing/scopes.ts';
import { listAuditRows } from '#lib/server/audit/queries.ts';
import { ANONYMOUS } from '#lib/server/identity/actor.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { ensureTargets } from '#lib/server/indicators/reference-data.ts';
import { readTargetsFilter } from '#lib/indicators/input.ts';
import { openNumberVault } from '#lib/server/organisation/personal-numbers.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { csvFile } from '#lib/server/platform/office/sheet-files.ts';
import { answerApi } from '#lib/server/sharing/answer.ts';
import { createApiKey, listApiKeys, RATE_PER_MINUTE, revokeApiKey } from '#lib/server/sharing/keys.ts';
import { openApiDocument } from '#lib/server/sharing/openapi.ts';
import { openFigures } from '#lib/server/sharing/open-data.ts';
import { courseJsonFeed, courseRss, courseWidget } from '#lib/server/sharing/public-courses.ts';
import { switchPublicSet } from '#lib/server/sharing/publish.ts';
import { recordHeldClass } from '#lib/server/training/held-class.ts';
import { test } from '../support/test.ts';
import { anActor, aPerson, aProvince, aPublishedCourse, heldClass } from '../support/training-world.ts';

const ALL: ApiScope[] = ['units', 'people', 'courses', 'activities', 'indicators'];

async function aKey(ctx: Context, unitId: string, scopes: ApiScope[] = ALL): Promise<string> {
	return (await createApiKey(ctx, { name: 'Kho dữ liệu', unitId, scopes, expiresOn: '2030-12-31' })).secret;
}

/** Asks as another system does; no session is known. */
async function ask(ctx: Context, secret: string | undefined, path: string, headers: Record<string, string> = {}) {
	const url = new URL(`http://x/api/v1/${path}`);
	const request = new Request(url, { headers: { ...headers, ...(secret && { authorization: `Bearer ${secret}` }) } });
	const answer = await answerApi({ ...ctx, actor: ANONYMOUS }, url.pathname.split('/').at(-1)!, request, url);
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
}

test('each set is of the unit and below, goes on page by page, and is not sent twice', async ({ ctx }) => {
	const { province, commune, otherCommune } = await aProvince(ctx);
	const names = Array.from({ length: 7 }, (_, i) => `Nguyễn Văn ${i}`);
	const present = await Promise.all(names.map((name) => aPerson(ctx, commune, name)));
	await aPerson(ctx, otherCommune, 'Trần Thị Khác');
	await recordHeldClass(ctx, heldClass(commune, { listed: present, present }));
	await aPublishedCourse(ctx, province);
	const secret = await aKey(ctx, commune.id);
	const seen: string[] = [];
	for (let path: string | null = 'people?limit=3'; path;) {
		const { status, body } = await ask(ctx, secret, path);
		expect([status, body.dataset]).toEqual([200, 'Danh sách đối tượng']);
		seen.push(...body.data.map(({ fullName }: { fullName: string }) => fullName));
		path = body.next && `people?limit=3&cursor=${body.next}`;
	}
	expect(seen.toSorted()).toEqual(names);
	const people = await ask(ctx, secret, 'people');
	expect(JSON.stringify(people.body)).not.toMatch(/personalNumber|phone|sealed/);
	const again = await ask(ctx, secret, 'people', { 'if-none-match': people.headers.get('etag')! });
	expect([again.status, again.body]).toEqual([304, undefined]);
	const units = await ask(ctx, secret, 'units');
	expect(units.body.data).toMatchObject([{ name: commune.name }]);
	const whole = await aKey(ctx, province.id);
	expect((await ask(ctx, whole, 'units')).body.data.length).toBeGreaterThan(2);
	expect((await ask(ctx, whole, 'courses')).body.data).toHaveLength(1);
	const { body } = await ask(ctx, secret, 'activities');
	expect(body).toMatchObject({
		dataset: 'Hội nghị tập huấn (trực tuyến, trực tiếp)',
		data: [{ form: 'trực tiếp', attended: 7, organiserCode: units.body.data[0].code }]
	});
	expect(await listAuditRows(ctx.db, { action: 'api.people_read' })).toMatchObject({ rows: { length: 5 } });
});

test('a hybrid class is one of the two forms by the province’s rule', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const present = [await aPerson(ctx, commune)];
	await recordHeldClass(ctx, heldClass(commune, { listed: present, present, mode: 'hybrid' }));
	const secret = await aKey(ctx, commune.id);
	const form = async () => (await ask(ctx, secret, 'activities')).body.data[0];
	expect(await form()).toMatchObject({ mode: 'hybrid', form: 'trực tiếp' });
	await ctx.db.execute(
		sql`insert into counting_rule (hybrid_rule, guiding_document, counted_kinds, counted_topics, attendance_percent, small_unit_activities) values ('all_hybrid', '1/HD', '{training}', '{digital_skills}', 80, 5)`
	);
	expect(await form()).toMatchObject({ mode: 'hybrid', form: 'trực tuyến' });
});

test('the indicators are those of the targets page, rounded down', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	await ensureTargets(ctx.db);
	const people = await Promise.all([1, 2, 3].map((i) => aPerson(ctx, commune, `Người ${i}`)));
	await recordHeldClass(ctx, heldClass(commune, { listed: people.slice(0, 2), present: people.slice(0, 2) }));
	const page = await getTargetsPage(ctx, readTargetsFilter(new URLSearchParams()));
	const secret = await aKey(ctx, province.id);
	const { body } = await ask(ctx, secret, 'indicators');
	const { part, whole } = page.trained.share;
	expect(body.data[0]).toMatchObject({ indicator: 'trained_share', part, whole, verdict: page.trained.verdict });
	if (whole > 0) expect(body.data[0].percent).toBe(Math.floor((part * 10_000) / whole) / 100);
	expect(
		body.data
			.filter(({ whole: all }: { whole: number }) => all === 0)
			.every((one: { percent: null }) => one.percent === null)
	).toBe(true);
	expect((await ask(ctx, await aKey(ctx, commune.id), `indicators?unit=${page.selection.unit.code}`)).status).toBe(404);
});

test('no key, a wrong, ended, revoked or narrow one, too many requests: each is told why', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const secret = await aKey(ctx, province.id, ['units']);
	const refused = async (key: string | undefined, path = 'units') => {
		const { status, body, headers } = await ask(ctx, key, path);
		expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
		expect(body).toMatchObject({ status, type: 'about:blank' });
		return [status, body.code];
	};
	expect(await refused(undefined)).toEqual([401, 'sharing.bad_key']);
	expect(await refused('bg_wrong')).toEqual([401, 'sharing.bad_key']);
	expect(await refused(secret, 'people')).toEqual([403, 'sharing.out_of_scope']);
	expect(await refused(secret, 'units?limit=0')).toEqual([400, 'sharing.bad_page']);
	expect(await refused(secret, 'units?cursor=1')).toEqual([400, 'sharing.bad_page']);
	expect(await refused(secret, 'secrets')).toEqual([404, 'page.not_found']);
	await ctx.db.execute(sql`update api_key set window_count = ${RATE_PER_MINUTE}`);
	expect(await refused(secret)).toEqual([429, 'sharing.too_many']);
	await ctx.db.execute(sql`update api_key set window_at = window_at - interval '1 minute'`);
	expect((await ask(ctx, secret, 'units')).status).toBe(200);
	await ctx.db.execute(sql`update api_key set expires_on = '2020-01-01'`);
	expect(await refused(secret)).toEqual([401, 'sharing.bad_key']);
	const other = await aKey(ctx, commune.id);
	const { keys } = await listApiKeys(ctx);
	await revokeApiKey(ctx, keys[0]!.id);
	expect(await refused(other)).toEqual([401, 'sharing.bad_key']);
	const admin = { ...ctx, actor: anActor('unit_admin', commune) };
	await expect(aKey(admin, commune.id)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(
		createApiKey(ctx, { name: 'x', unitId: commune.id, scopes: ALL, expiresOn: '2020-01-01' })
	).rejects.toMatchObject({ code: 'sharing.expired_day' });
	const [{ stored } = { stored: '' }] = await ctx.db.execute<{ stored: string }>(
		sql`select string_agg(api_key::text, '') as stored from api_key`
	);
	expect(stored).not.toContain(other);
});

test('personal numbers leave only with a key for them', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const personId = await aPerson(ctx, commune);
	const sealed = openNumberVault(ctx.config).seal('024075000123');
	await ctx.db.execute(
		sql`update person set personal_number_encrypted = ${sealed.encrypted}, personal_number_hmac = ${sealed.hmac} where id = ${personId}`
	);
	const plain = await ask(ctx, await aKey(ctx, commune.id), 'people');
	expect(JSON.stringify(plain.body)).not.toContain('024075000123');
	const granted = await ask(ctx, await aKey(ctx, commune.id, ['people', 'people.personal_number']), 'people');
	expect(granted.body.data).toMatchObject([{ personalNumber: '024075000123' }]);
});

test('the description is valid OpenAPI 3.1 and names every set', async () => {
	const document = openApiDocument('https://taphuan.example.vn');
	const validator = new Validator();
	const { valid, errors } = await validator.validate(document as Record<string, unknown>);
	expect(errors).toBeUndefined();
	expect([valid, validator.version]).toEqual([true, '3.1']);
	expect(Object.keys((document as { paths: object }).paths)).toEqual([
		'/units',
		'/people',
		'/courses',
		'/activities',
		'/indicators'
	]);
});

test('feeds, widget and open figures are there only once switched on, and hold nobody’s name', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	await ensureTargets(ctx.db);
	await aPublishedCourse(ctx, province);
	const present = [await aPerson(ctx, commune, 'Lê Thị Bí Mật')];
	await recordHeldClass(ctx, heldClass(commune, { listed: present, present }));
	const visitor = { ...ctx, actor: ANONYMOUS };
	const origin = 'https://taphuan.example.vn';
	const off = { kind: 'not_found', code: 'page.not_found' };
	await expect(courseJsonFeed(visitor, origin)).rejects.toMatchObject(off);
	await expect(openFigures(visitor)).rejects.toMatchObject(off);
	await expect(
		switchPublicSet({ ...ctx, actor: anActor('unit_admin', commune) }, 'courses', true)
	).rejects.toMatchObject({ kind: 'forbidden' });
	await switchPublicSet(ctx, 'courses', true);
	await switchPublicSet(ctx, 'figures', true);
	const feed = JSON.parse(await courseJsonFeed(visitor, origin)) as { version: string; items: { url: string }[] };
	expect([feed.version, feed.items.length]).toEqual(['https://jsonfeed.org/version/1.1', 1]);
	expect(await courseRss(visitor, origin)).toContain(`<link>${feed.items[0]!.url}</link>`);
	expect(await courseWidget(visitor, origin)).toContain(`href="${feed.items[0]!.url}"`);
	const sheet = await openFigures(visitor);
	const csv = csvFile(sheet);
	expect(csv.split('\r\n')[0]).toBe(`\uFEFF${sheet.headings.map((name) => `"${name}"`).join(';')}`);
	expect(csv).toContain('Không phát sinh');
	expect(csv).not.toContain('Bí Mật');
	await switchPublicSet(ctx, 'courses', false);
	await expect(courseRss(visitor, origin)).rejects.toMatchObject(off);
});

import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Role } from '#lib/server/identity/actor.ts';
import { linksOf, pathOf } from '../support/links.ts';
import { listRoutes, type Route } from '../support/routes.ts';
import { anonymous, signedIn, type Visitor } from '../support/signed-in.ts';

/** One demo account per role, and a second commune's admin to look over the fence. */
const PASSWORD = 'MinhHoa-2026';
const PEOPLE: Readonly<Record<Role | 'other_unit_admin', string>> = {
	learner: 'hocvien',
	trainer: 'giangvien',
	content_approver: 'pheduyet',
	unit_admin: 'canbo.minhtam',
	other_unit_admin: 'canbo.suoingoc',
	unit_head: 'lanhdao.stp',
	province_admin: 'quantri.tinh',
	viewer: 'theodoi',
	technical_admin: 'kythuat'
};
type Who = keyof typeof PEOPLE;
const EVERYBODY = Object.keys(PEOPLE) as Who[];

/**
 * `public`: without a session; `key`: programs with a key of their own, never a session; `off`: public once the province
 * switches it on; `signed-in`: any role; `own`: whoever the page belongs to; or the roles.
 */
type Access = 'public' | 'key' | 'off' | 'signed-in' | 'own' | readonly Role[];

/** Those whose demo account belongs to a person of the roster. */
const PERSONS = ['learner', 'trainer', 'content_approver', 'unit_admin', 'unit_head'] as const;
const ADMINS = ['unit_admin', 'province_admin'] as const;
const ROSTER = [...ADMINS, 'unit_head'] as const;
const CLASSES = [...ADMINS, 'unit_head', 'trainer'] as const;
const FIGURES = [...ADMINS, 'unit_head', 'viewer'] as const;
const AUTHORS = ['trainer', 'province_admin'] as const;
const MAKERS = ['trainer', 'content_approver', 'province_admin'] as const;
const UNITS = [...ADMINS, 'unit_head', 'viewer', 'technical_admin'] as const;

/** Who may read what. A route that stands nowhere here fails the first test: decide, then write it down. */
const READ: Readonly<Record<string, Access>> = {
	'/': 'signed-in',
	'/account': 'signed-in',
	'/account/data': 'signed-in',
	'/account/data/export': 'signed-in',
	'/account/two-step': 'signed-in',
	'/accounts': ADMINS,
	'/accounts/[account]': ADMINS,
	'/accounts/list.[format]': ADMINS,
	'/api/v1/[dataset]': 'key',
	'/api/v1/openapi.json': 'public',
	'/activate': 'public',
	'/activate/[token]': 'public',
	'/announcements': [...ADMINS, 'unit_head'],
	'/announcements/[announcement]': [...ADMINS, 'unit_head'],
	'/announcements/[announcement]/files/[file]': [...ADMINS, 'unit_head'],
	'/announcements/[announcement]/receipts.[format]': [...ADMINS, 'unit_head'],
	'/announcements/new': [...ADMINS, 'unit_head'],
	'/audit/log.[format]': ['province_admin', 'technical_admin'],
	'/audit': ['province_admin', 'technical_admin'],
	'/certificates': [...ADMINS, 'unit_head'],
	'/certificates/[certificate]': [...ADMINS, 'unit_head'],
	'/certificates/[certificate]/file': [...ADMINS, 'unit_head'],
	'/certificates/book.[format]': [...ADMINS, 'unit_head'],
	'/certificates/templates': [...ADMINS, 'unit_head'],
	'/certificates/templates/[unit]': [...ADMINS, 'unit_head'],
	'/certificates/templates/[unit]/preview.pdf': [...ADMINS, 'unit_head'],
	'/check': 'public',
	'/check/[code]': 'public',
	'/check-in/[code]': 'public',
	'/classes': CLASSES,
	'/classes/[activity]': CLASSES,
	'/classes/[activity]/certificates': [...ADMINS, 'unit_head'],
	'/classes/[activity]/certificates/sheet.pdf': [...ADMINS, 'unit_head'],
	'/classes/[activity]/certificates/status': [...ADMINS, 'unit_head'],
	'/classes/[activity]/edit': ADMINS,
	'/classes/[activity]/evidence/[file]': CLASSES,
	'/classes/[activity]/list': ADMINS,
	'/classes/[activity]/numbers/[aggregate]': CLASSES,
	'/classes/[activity]/people/add': ADMINS,
	'/classes/[activity]/people/list.[format]': CLASSES,
	'/classes/[activity]/print': CLASSES,
	'/classes/[activity]/quizzes/[lesson]': CLASSES,
	'/classes/[activity]/quizzes/[lesson]/marking': AUTHORS,
	'/classes/[activity]/quizzes/[lesson]/people/[participation]': [...ADMINS, 'trainer'],
	'/classes/[activity]/quizzes/[lesson]/similar': [...ADMINS, 'trainer'],
	'/classes/[activity]/quizzes/[lesson]/printed': [...ADMINS, 'trainer'],
	'/classes/[activity]/quizzes/[lesson]/printed/[printed]/[sheet]': [...ADMINS, 'trainer'],
	'/classes/[activity]/quizzes/[lesson]/printed/[printed]/results': [...ADMINS, 'trainer'],
	'/classes/[activity]/quizzes/[lesson]/printed/[printed]/results/template.xlsx': [...ADMINS, 'trainer'],
	'/classes/[activity]/quizzes/[lesson]/results.[format]': CLASSES,
	'/classes/[activity]/scorm': CLASSES,
	'/classes/[activity]/scorm/[registration]': CLASSES,
	'/classes/[activity]/scorm/results.[format]': CLASSES,
	'/classes/[activity]/sessions': CLASSES,
	'/classes/[activity]/sessions/[session]': ADMINS,
	'/classes/[activity]/sessions/[session]/check-in': ADMINS,
	'/classes/[activity]/sessions/[session]/check-in/wall': ADMINS,
	'/classes/[activity]/sessions/[session]/marks': ADMINS,
	'/classes/[activity]/sessions/[session]/report': ADMINS,
	'/classes/[activity]/sites': CLASSES,
	'/classes/[activity]/sites/list.[format]': CLASSES,
	'/classes/[activity]/survey': [...ADMINS, 'unit_head'],
	'/classes/[activity]/survey/slips': ADMINS,
	'/classes/elsewhere': ROSTER,
	'/classes/elsewhere/[claim]/file': ROSTER,
	'/classes/import': ADMINS,
	'/classes/import/template.[format]': ADMINS,
	'/classes/elsewhere/claims.[format]': ROSTER,
	'/classes/elsewhere/new': ADMINS,
	'/classes/evidence': ROSTER,
	'/classes/evidence/[pack]/file': ROSTER,
	'/classes/evidence/[pack]/status': ROSTER,
	'/classes/lists/[list]': ADMINS,
	'/classes/lists/[list]/errors.[format]': ADMINS,
	'/classes/new': ADMINS,
	'/classes/record': ADMINS,
	'/classes/record/list': ADMINS,
	'/classes/register.[format]': CLASSES,
	'/confirm': 'signed-in',
	'/classes/sites': CLASSES,
	'/classes/sites/[site]': CLASSES,
	'/classes/sites/[site]/list': ADMINS,
	'/courses': 'signed-in',
	'/courses/[course]': 'signed-in',
	'/discussions/[thread]': 'own',
	'/forum': 'signed-in',
	'/forum/new': 'signed-in',
	'/forum/reports': ['content_approver', 'province_admin'],
	'/healthz': 'public',
	'/help': 'public',
	'/learn/[participation]': 'own',
	'/learn/[participation]/lessons/[lesson]': 'own',
	'/learn/[participation]/lessons/[lesson]/[name].vtt': 'own',
	'/learn/[participation]/lessons/[lesson]/[rendition].m3u8': 'own',
	'/learn/[participation]/lessons/[lesson]/attempts/[attempt]': 'own',
	'/learn/[participation]/lessons/[lesson]/attempts/[attempt]/answers': 'own',
	'/learn/[participation]/lessons/[lesson]/attempts/[attempt]/files': 'own',
	'/learn/[participation]/lessons/[lesson]/heartbeat': 'own',
	'/learn/[participation]/lessons/[lesson]/launch': 'own',
	'/learn/[participation]/lessons/[lesson]/master.m3u8': 'own',
	'/learn/[participation]/lessons/[lesson]/pack': 'own',
	'/learn/[participation]/lessons/[lesson]/pack/watched': 'own',
	'/learn/[participation]/lessons/[lesson]/playback': 'own',
	'/learn/[participation]/lessons/[lesson]/questions': 'own',
	'/library': 'signed-in',
	'/library/[item]': 'signed-in',
	'/library/[item]/edit': [...ADMINS, 'trainer'],
	'/library/[item]/files/[version]': 'own',
	'/library/new': [...ADMINS, 'trainer'],
	'/metrics': 'off',
	'/messages': 'signed-in',
	'/messages/[message]': 'own',
	'/messages/[message]/files/[file]': 'own',
	'/messages/log': ['province_admin', 'technical_admin'],
	'/messages/settings': 'signed-in',
	'/messages/texts': ['province_admin'],
	'/messages/texts/[template]': ['province_admin'],
	'/my': PERSONS,
	'/my/search': PERSONS,
	'/my/certificates/[certificate]': 'own',
	'/my/activity-report': PERSONS,
	'/my/elsewhere': PERSONS,
	'/my/history': PERSONS,
	'/my/elsewhere/[claim]/file': 'own',
	'/my/certificates/[certificate]/file': 'own',
	'/my/transcript': PERSONS,
	'/my/surveys/[activity]': 'own',
	'/notice': 'public',
	'/password': 'public',
	'/people': ROSTER,
	'/people/roster.[format]': ROSTER,
	'/people/[person]': ROSTER,
	'/people/[person]/edit': ADMINS,
	'/people/[person]/transcript': ROSTER,
	'/people/activity-reports': ROSTER,
	'/people/activity-reports/[report]': ROSTER,
	'/people/activity-reports/list.[format]': ROSTER,
	'/people/candidates': ADMINS,
	'/people/claims': ADMINS,
	'/people/duplicates': ADMINS,
	'/people/import': ADMINS,
	'/people/import/[import]': ADMINS,
	'/people/import/[import]/errors.xlsx': ADMINS,
	'/people/import/[import]/status': ADMINS,
	'/people/import/template.xlsx': ADMINS,
	'/people/merge': ADMINS,
	'/people/new': ADMINS,
	'/people/requests': ADMINS,
	'/people/requests/[request]': ADMINS,
	'/personal-data': ['province_admin', 'technical_admin'],
	'/classes/plans': CLASSES,
	'/classes/plans/[plan]': CLASSES,
	'/classes/plans/[plan]/lines/[line]': CLASSES,
	'/classes/plans/plans.[format]': CLASSES,
	'/preferences': 'public',
	'/programmes': 'signed-in',
	'/programmes/[programme]': 'signed-in',
	'/programmes/[programme]/edit': ['content_approver', 'province_admin'],
	'/programmes/new': ['content_approver', 'province_admin'],
	'/rate': 'public',
	'/rapporteurs': 'public',
	'/readyz': 'public',
	'/reports': FIGURES,
	'/reports/[period]': FIGURES,
	'/reports/[period]/edit': ['province_admin'],
	'/reports/[period]/units/[unit]': FIGURES,
	'/reports/[period]/units/[unit]/entries': ROSTER,
	'/reports/[period]/units.[format]': FIGURES,
	'/reports/[period]/units/[unit]/report.[format]': FIGURES,
	'/reports/[period]/units/[unit]/signed': FIGURES,
	'/reports/new': ['province_admin'],
	'/reports/reminders': ['province_admin'],
	'/reports/template': ['province_admin'],
	'/reports/template/sample.docx': ['province_admin'],
	'/security': ['province_admin', 'technical_admin'],
	'/setup': ['province_admin'],
	'/sign-in': 'public',
	'/sign-in/code': 'public',
	'/sign-out': 'public',
	'/survey': 'public',
	'/survey/[token]': 'public',
	'/surveys': [...ADMINS, 'unit_head'],
	'/surveys/results.[format]': [...ADMINS, 'unit_head'],
	'/targets': FIGURES,
	'/targets/activities': FIGURES,
	'/targets/classes': FIGURES,
	'/targets/export/[list].[format]': FIGURES,
	'/targets/people': ROSTER,
	'/targets/report.docx': FIGURES,
	'/targets/settings': ['province_admin'],
	'/targets/summoned': ROSTER,
	'/sign-in/sso': 'off',
	'/sign-in/sso/callback': 'off',
	'/sign-in/sso/link': 'public',
	'/teach/answers': AUTHORS,
	'/teach/courses': AUTHORS,
	'/teach/courses/[course]': MAKERS,
	'/teach/courses/[course]/lessons/[lesson]': MAKERS,
	'/teach/courses/[course]/lessons/[lesson]/captions': AUTHORS,
	'/teach/courses/[course]/lessons/[lesson]/captions/[language]': AUTHORS,
	'/teach/courses/[course]/lessons/[lesson]/analysis': AUTHORS,
	'/teach/courses/[course]/lessons/[lesson]/paper': AUTHORS,
	'/teach/courses/[course]/lessons/[lesson]/regrade': AUTHORS,
	'/teach/courses/[course]/lessons/[lesson]/revision': MAKERS,
	'/teach/courses/[course]/lessons/[lesson]/coverage': AUTHORS,
	'/teach/courses/[course]/lessons/[lesson]/coverage/learners.[format]': AUTHORS,
	'/teach/courses/[course]/preview': MAKERS,
	'/teach/courses/[course]/preview/[lesson]': MAKERS,
	'/teach/courses/[course]/preview/[lesson]/launch': MAKERS,
	'/teach/courses/[course]/settings': AUTHORS,
	'/teach/courses/new': AUTHORS,
	'/teach/lectures/[lecture]/[name].vtt': MAKERS,
	'/teach/lectures/[lecture]/[rendition].m3u8': MAKERS,
	'/teach/lectures/[lecture]/master.m3u8': MAKERS,
	'/teach/lectures/[lecture]/status': MAKERS,
	'/teach/packages/[package]/status': MAKERS,
	'/teach/questions': MAKERS,
	'/teach/questions/[question]': MAKERS,
	'/teach/questions/[question]/edit': AUTHORS,
	'/teach/questions/[question]/parts/[part]': AUTHORS,
	'/teach/questions/documents': MAKERS,
	'/teach/questions/documents/[document]': MAKERS,
	'/teach/questions/import': AUTHORS,
	'/teach/questions/import/[import]': AUTHORS,
	'/teach/questions/import/template.xlsx': AUTHORS,
	'/teach/questions/new': AUTHORS,
	'/teach/questions/questions.[format]': MAKERS,
	'/teach/reviews': ['content_approver', 'province_admin'],
	'/teach/reviews/[course]': ['content_approver', 'province_admin'],
	'/sharing': ['province_admin'],
	'/feeds/courses.[format]': 'off',
	'/open-data/targets.[format]': 'off',
	'/viewing': 'signed-in',
	'/widget/courses': 'off',
	'/units': UNITS,
	'/units/[unit]': UNITS,
	'/units/list.[format]': UNITS,
	'/units/[unit]/edit': ['province_admin'],
	'/units/import': ['province_admin'],
	'/units/import/template.[format]': ['province_admin'],
	'/units/new': ['province_admin'],
	'/units/reorganise': ['province_admin'],
	'/units/reorganise/new': ['province_admin']
};

/** What needs no session. */
const OPEN: readonly (Access | undefined)[] = ['public', 'key', 'off'];

/** Objects of a unit: another unit's admin must not learn that they exist. */
const UNIT_BOUND = ['/accounts/[account]', '/people/[person]', '/classes/[activity]', '/units/[unit]'];

const routes = listRoutes();
const REFUSED = [403, 404];
const SAMPLES = 3;
const PAGES_PER_CRAWL = 40;

/** Paths found by following links, by route, with who found them. */
type Found = Map<string, Map<string, Set<Who>>>;

const visitors = new Map<Who, Visitor>();
const found: Found = new Map();
let nobody: Visitor;

test.describe.configure({ timeout: 300_000 });

test.beforeAll(async ({ baseURL }) => {
	nobody = await anonymous(baseURL ?? '');
	for (const who of EVERYBODY) {
		const someone = await signedIn(baseURL ?? '', PEOPLE[who], PASSWORD);
		visitors.set(who, someone);
		await crawl(who, someone);
	}
});

test.afterAll(async () => {
	await nobody?.close();
	for (const someone of visitors.values()) await someone.close();
});

test('every route has its place in the matrix, and the matrix names no other', () => {
	expect(routes.map(({ id }) => id)).toEqual(Object.keys(READ).toSorted((a, b) => a.localeCompare(b)));
});

test('without a session only public pages answer', async () => {
	for (const route of routes.filter(({ isReadable }) => isReadable)) {
		const isPublic = READ[route.id] === 'public';
		const path = sampleOf(route);
		const page = await nobody.get(path);
		if (OPEN.includes(READ[route.id])) {
			if (!isPublic) expect.soft([401, 404], path).toContain(page.status());
			else expect.soft(page.status(), path).toBeLessThan(400);
			continue;
		}
		const location = page.headers().location ?? '';
		expect.soft([page.status(), location.split('?')[0]], path).toEqual([303, '/sign-in']);
		expect.soft((await nobody.get(path, 'application/json')).status(), path).toBe(401);
	}
});

for (const who of EVERYBODY) {
	test(`${who} reads what the matrix says and nothing else`, async () => {
		const someone = visitors.get(who)!;
		for (const route of routes.filter(({ id, isReadable }) => isReadable && !OPEN.includes(READ[id]))) {
			for (const path of samplesOf(route)) {
				const status = (await someone.get(path)).status();
				if (!mayRead(who, route)) expect.soft(REFUSED, `${path} answered ${status}`).toContain(status);
				else if (isOwnFind(who, route, path)) expect.soft(status, path).toBeLessThan(400);
				else expect.soft([200, 303, 307, ...REFUSED], `${path} answered ${status}`).toContain(status);
			}
		}
	});

	test(`${who} changes nothing where the matrix gives no right to read`, async () => {
		const someone = visitors.get(who)!;
		for (const route of routes.filter(({ id }) => READ[id] !== 'public' && READ[id] !== 'own')) {
			if (mayRead(who, route)) continue;
			for (const action of route.posts) {
				const path = sampleOf(route) + action;
				const status = (await someone.post(path)).status();
				expect.soft(status, `POST ${path}`).toBeGreaterThanOrEqual(400);
				expect.soft(status, `POST ${path}`).toBeLessThan(500);
			}
		}
	});
}

test('without a session nothing can be posted', async () => {
	for (const route of routes.filter(({ id }) => READ[id] !== 'public')) {
		for (const action of route.posts) {
			const path = sampleOf(route) + action;
			const answer = await nobody.post(path);
			expect
				.soft([answer.status(), answer.headers().location?.split('?')[0]], `POST ${path}`)
				.toEqual([303, '/sign-in']);
		}
	}
});

test('one unit’s people, accounts and classes do not exist for another unit’s admin', async () => {
	const neighbour = visitors.get('other_unit_admin')!;
	let tried = 0;
	for (const id of UNIT_BOUND) {
		for (const [path, finders] of found.get(id) ?? []) {
			if (!finders.has('unit_admin') || finders.has('other_unit_admin')) continue;
			tried++;
			const status = (await neighbour.get(path)).status();
			expect.soft(REFUSED, `${path} answered ${status}`).toContain(status);
		}
	}
	expect(tried).toBeGreaterThan(3);
});

test('a learner’s own pages do not exist for anyone else', async () => {
	const own = [...(found.get('/learn/[participation]') ?? [])].filter(([, finders]) => finders.has('learner'));
	expect(own.length).toBeGreaterThan(0);
	for (const [path] of own) {
		for (const who of EVERYBODY.filter((one) => one !== 'learner')) {
			expect.soft(REFUSED, `${path} for ${who}`).toContain((await visitors.get(who)!.get(path)).status());
		}
	}
});

function mayRead(who: Who, { id }: Route): boolean {
	const access = READ[id];
	if (typeof access === 'string' || access === undefined) return true;
	return access.includes(who === 'other_unit_admin' ? 'unit_admin' : who);
}

function isOwnFind(who: Who, { id }: Route, path: string): boolean {
	return !id.includes('[') || found.get(id)?.get(path)?.has(who) === true;
}

/** Follows links from the first page on, breadth first, one of a kind before more of the same. */
async function crawl(who: Who, someone: Visitor): Promise<void> {
	const waiting = ['/'];
	const seen = new Set(waiting);
	const perRoute = new Map<string, number>();
	for (let pages = 0; pages < PAGES_PER_CRAWL && waiting.length > 0; pages++) {
		const path = waiting.shift()!;
		const answer = await someone.get(path);
		const isHtml = answer.status() === 200 && (answer.headers()['content-type'] ?? '').includes('text/html');
		if (!isHtml) continue;
		for (const link of linksOf(await answer.text(), path).map(pathOf)) {
			const route = routes.find(({ id }) => id === link) ?? routes.find(({ pattern }) => pattern.test(link));
			if (!route || seen.has(link) || READ[route.id] === 'public') continue;
			seen.add(link);
			note(route.id, link, who);
			const count = (perRoute.get(route.id) ?? 0) + 1;
			perRoute.set(route.id, count);
			if (count <= SAMPLES) waiting.push(link);
		}
	}
}

function note(id: string, path: string, who: Who): void {
	const paths = found.get(id) ?? new Map<string, Set<Who>>();
	found.set(id, paths);
	paths.set(path, (paths.get(path) ?? new Set()).add(who));
}

/** Real paths of a route, the first few that each role found; else one made up from a neighbouring route's parameters. */
function samplesOf(route: Route): string[] {
	const paths = [...(found.get(route.id)?.keys() ?? [])];
	const perRole = EVERYBODY.flatMap((who) =>
		paths.filter((path) => found.get(route.id)!.get(path)!.has(who)).slice(0, SAMPLES)
	);
	return perRole.length > 0 ? [...new Set(perRole)] : [madeUp(route)];
}

const sampleOf = (route: Route) => samplesOf(route)[0]!;

function madeUp({ id, uuids }: Route): string {
	const parents = routes.filter((one) => one.id !== id && id.startsWith(`${one.id}/`) && found.has(one.id));
	const parent = parents.toSorted((a, b) => b.id.length - a.id.length)[0];
	const path = parent ? [...found.get(parent.id)!.keys()][0]! : '';
	const known = (parent && parent.pattern.exec(path)?.groups) ?? {};
	const word = (name: string) => (uuids.includes(name) ? undefined : FILL[name]);
	return id.replace(/\[(\w+)\]/g, (_, name: string) => known[name] ?? word(name) ?? randomUUID());
}

/** Parameters that are words. */
const FILL: Readonly<Record<string, string>> = {
	rendition: '240p',
	name: 'vi',
	language: 'vi',
	list: 'people',
	format: 'xlsx',
	sheet: 'de-101.docx',
	token: 'ABCD'
};

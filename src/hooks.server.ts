import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, RequestEvent } from '@sveltejs/kit';
import { errorText } from '#lib/i18n/errors.ts';
import { toLocale } from '#lib/i18n/index.ts';
import { sessionCookie, toTextSize } from '#lib/identity/cookies.ts';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { ANONYMOUS } from '#lib/server/identity/actor.ts';
import { isOwnRequest } from '#lib/server/identity/same-origin.ts';
import { needsConfirmation } from '#lib/server/identity/sensitive.ts';
import { findSession, type SignedIn } from '#lib/server/identity/sessions.ts';
import { waitsForSecondStep } from '#lib/server/identity/two-step.ts';
import { viewingRefusal } from '#lib/server/identity/viewing.ts';
import { isDomainError, sqlState } from '#lib/server/platform/errors.ts';
import { isUnavailable, recordOf } from '#lib/server/platform/failure.ts';
import { log } from '#lib/server/platform/log.ts';
import { keepMetrics, observeRequest } from '#lib/server/platform/metrics.ts';
import { contentOriginOf } from '#lib/server/platform/origins.ts';
import { plainAnswer, type Audience, type Refusal } from '#lib/server/platform/plain-answer.ts';
import { BARE_CONTENT_POLICY, securityHeaders, withOrigins } from '#lib/server/platform/security-headers.ts';
import { processServices, type Services } from '#lib/server/platform/services.ts';

/** SQLSTATE of a write on a connection that only reads. */
const READ_ONLY = '25006';

/** Bodies that are no file uploads; a form of ours is far smaller. */
const PLAIN_BODY_MAX_BYTES = 1024 ** 2;

/** Session → Context, the checks that hold for every URL, security headers on every answer, one log line per request. */
export const handle: Handle = async ({ event, resolve }) => {
	const startedAt = performance.now();
	const { locals, cookies, request, route } = event;
	locals.requestId = request.headers.get('x-request-id') ?? randomUUID();
	locals.locale = toLocale(cookies.get('locale'));
	locals.textSize = toTextSize(cookies.get('text-size'));
	const response = finished(event, (await refuseEarly(event)) ?? (await resolvePage(event, resolve)));
	const ms = Math.round((performance.now() - startedAt) * 10) / 10;
	const line = { requestId: locals.requestId, method: request.method, route: route.id, status: response.status, ms };
	if (route.id !== '/(public)/healthz') {
		log.info(line, 'request');
		observeRequest({ method: request.method, route: route.id ?? 'none', status: response.status, seconds: ms / 1000 });
	}
	return response;
};

/** Fills `locals` and gives the answer that keeps a request from its route, if there is one. */
async function refuseEarly(event: RequestEvent): Promise<Response | undefined> {
	if (event.route.id === '/(public)/healthz') return undefined; // alive means alive, also without a database
	try {
		const services = await processServices();
		keepMetrics(services.config);
		event.locals.otherOrigins = { storage: services.storage.publicOrigin, content: contentOriginOf(services.config) };
		const refusal = refusalOf(event, services);
		if (refusal) return plainAnswer(audienceOf(event), event.locals.locale, refusal);
		const signedIn = await identify(event, services);
		const code = signedIn?.viewing && viewingRefusal({ routeId: event.route.id ?? '', method: event.request.method });
		if (code) return plainAnswer(audienceOf(event), event.locals.locale, { status: 403, code });
		return event.route.id && !isPublic(event.route.id) ? await guard(event, signedIn) : undefined;
	} catch (error) {
		return plainAnswer(audienceOf(event), event.locals.locale, failed(error, event));
	}
}

/** Cross-site changes and bodies that are too large. */
function refusalOf({ request, url }: RequestEvent, { config }: Services): Refusal | undefined {
	const header = (name: string) => request.headers.get(name);
	// PostgreSQL keeps no NUL, and no address of ours has one.
	if (/%00/.test(url.pathname + url.search)) return { status: 400, code: 'page.bad_address' };
	if (!isOwnRequest({ method: request.method, host: url.host, header }))
		return { status: 403, code: 'page.cross_site' };
	const isUpload = header('content-type')?.startsWith('multipart/form-data') ?? false;
	const limit = isUpload ? config.formMaxBytes : PLAIN_BODY_MAX_BYTES;
	if (Number(header('content-length') ?? 0) <= limit) return undefined;
	return { status: 413, code: 'form.file_too_large', params: { limit: `${Math.floor(limit / 1024 ** 2)} MB` } };
}

async function identify(event: RequestEvent, services: Services): Promise<SignedIn | undefined> {
	const { locals, cookies, url } = event;
	const now = new Date();
	const token = cookies.get(sessionCookie(url));
	const signedIn = token ? await findSession(services.pool.sql, token, now) : undefined;
	locals.sessionId = signedIn?.sessionId;
	locals.twoStep = signedIn && { state: signedIn.twoStep, dueOn: signedIn.twoStepDueOn };
	locals.ctx = {
		...services.systemContext(locals.requestId),
		actor: signedIn?.actor ?? ANONYMOUS,
		now,
		clientAddress: addressOf(event)
	};
	if (signedIn?.viewing) {
		const { owner, until } = signedIn.viewing;
		locals.viewing = { until, owner: { ...locals.ctx, actor: owner } };
		locals.ctx = { ...locals.ctx, db: services.readOnlyPool().db };
		locals.twoStep = undefined; // the owner's own
	}
	return signedIn;
}

/** Groups of routes anyone may ask for; every other route needs a session, the notice read, a password of one's own. */
function isPublic(routeId: string): boolean {
	return routeId.startsWith('/(public)/');
}

/** Where the second step is set up, and what must be reachable for that. */
const SETTING_UP = ['/(account)/account/two-step', '/(account)/confirm'];

async function guard(event: RequestEvent, signedIn: SignedIn | undefined): Promise<Response | undefined> {
	if (!signedIn) {
		const token = event.cookies.get(sessionCookie(event.url));
		if (await waitsForSecondStep(event.locals.ctx, token))
			return sendTo(event, '/sign-in/code', 'identity.second_step_needed', 401);
		return sendTo(event, '/sign-in', token ? 'identity.session_expired' : 'identity.sign_in_required', 401);
	}
	if (signedIn.mustChangePassword) return sendTo(event, '/password', 'identity.password_change_required', 403);
	if (signedIn.noticeVersion < NOTICE_VERSION) return sendTo(event, '/notice', 'identity.notice_unread', 403);
	const routeId = event.route.id ?? '';
	if (signedIn.twoStep === 'overdue' && !SETTING_UP.includes(routeId))
		return sendTo(event, '/account/two-step', 'identity.two_step_overdue', 403);
	const asked = { routeId, method: event.request.method, searchParams: event.url.searchParams };
	if (needsConfirmation(asked, signedIn.confirmedAt, event.locals.ctx.now))
		return sendTo(event, '/confirm', 'identity.confirmation_needed', 403);
	return undefined;
}

/** People are led to where they can do what is missing and back again; programs get the status and the code. */
function sendTo(event: RequestEvent, path: string, code: string, status: number): Response {
	const audience = audienceOf(event);
	if (audience === 'program') return plainAnswer(audience, event.locals.locale, { status, code });
	const { pathname, search } = event.url;
	const next = event.request.method === 'GET' ? pathname + search : pathname;
	const query = new URLSearchParams({ ...(next !== '/' && { next }), ...(status === 401 && { reason: code }) });
	const location = query.size > 0 ? `${path}?${query}` : path;
	if (audience === 'form') return Response.json({ type: 'redirect', status: 303, location });
	return new Response(null, { status: 303, headers: { location } });
}

function audienceOf({ request, isDataRequest }: RequestEvent): Audience {
	if (request.headers.get('x-sveltekit-action') === 'true') return 'form';
	return isDataRequest || (request.headers.get('accept') ?? '').includes('text/html') ? 'page' : 'program';
}

function addressOf(event: RequestEvent): string | undefined {
	try {
		return event.getClientAddress();
	} catch {
		return undefined; // the proxy did not send its header; an unknown address is no reason to turn people away
	}
}

async function resolvePage(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']): Promise<Response> {
	const { locale, textSize } = event.locals;
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%text-size%', textSize)
	});
	// SvelteKit 2 answers 500 to whatever is thrown; the status of a rule that said no is put right here (ADR-0009).
	const { refusedStatus } = event.locals;
	if (!refusedStatus || response.status !== 500) return response;
	return new Response(response.body, { status: refusedStatus, headers: response.headers });
}

function finished({ locals, url, request }: RequestEvent, response: Response): Response {
	const { headers } = response;
	const absent = (name: string, value: string) => void (headers.has(name) || headers.set(name, value));
	for (const [name, value] of Object.entries(securityHeaders(url.protocol === 'https:'))) absent(name, value);
	const policy = headers.get('content-security-policy');
	headers.set('content-security-policy', policy ? withOrigins(policy, locals.otherOrigins ?? {}) : BARE_CONTENT_POLICY);
	const isPersonal = locals.sessionId || request.method !== 'GET';
	absent('cache-control', isPersonal ? 'private, no-store' : 'private, no-cache');
	absent('x-request-id', locals.requestId);
	return response;
}

/**
 * Makes what the error page shows. A rule that said no brings its sentence and status; anything else is a bug, logged once
 * with a number the person can quote.
 */
export const handleError: HandleServerError = ({ error, event, status }) => {
	const { locals } = event;
	const refusal: Refusal = isDomainError(error)
		? { status: error.status, code: error.code, params: { ...error.params } }
		: status < 500
			? { status, code: 'page.not_found' }
			: failed(error, event);
	if (status >= 500) locals.refusedStatus = refusal.status;
	const message = errorText(locals.locale, refusal.code, refusal.params);
	return { ...refusal, params: { ...refusal.params }, message };
};

function failed(error: unknown, { locals, route }: RequestEvent): Refusal {
	// Somebody who only looks has opened a page that writes something down when it is opened.
	if (locals.viewing && sqlState(error) === READ_ONLY) return { status: 403, code: 'identity.viewing_only' };
	const reference = locals.requestId.slice(0, 8).toUpperCase();
	const status = isUnavailable(error) ? 503 : 500;
	log.error(
		{ error: recordOf(error), requestId: locals.requestId, route: route.id, reference, status },
		'request failed'
	);
	return { status, code: 'page.internal', reference };
}

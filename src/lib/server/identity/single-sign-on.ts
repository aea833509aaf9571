import * as oidc from 'openid-client';
import type { Config } from '../platform/config.ts';
import { DomainError } from '../platform/errors.ts';
import { log } from '../platform/log.ts';
import { recordOf } from '../platform/failure.ts';
import { deriveKey, seal, unseal } from '../platform/secrets.ts';

/** How long the way to the provider and back may take, and the confirmation after it. */
export const SSO_LIFE_MS = 10 * 60_000;

/** Whom the provider vouches for. `subject` is the provider's own name for the person and never shown. */
export type Proven = Readonly<{
	issuer: string;
	subject: string;
	name: string;
	/** Only where the provider has verified it. */
	email?: string;
	/** Số định danh cá nhân, digits, where the provider is configured to give it. */
	personalNumber?: string;
	/** The provider asked for a second step of its own (RFC 8176, `mfa`). */
	isTwoStep: boolean;
}>;

type OnTheWay = Readonly<{ state: string; nonce: string; verifier: string; next: string; at: number }>;
/** A proven person who is not linked to an account yet. */
export type Waiting = Readonly<{ proven: Proven; next: string; at: number }>;

type Sso = NonNullable<Config['sso']>;

function configured({ sso }: Pick<Config, 'sso'>): Sso {
	if (!sso) throw new DomainError('not_found', 'page.not_found');
	return sso;
}

const discovered = new Map<string, Promise<oidc.Configuration>>();

/** The provider's own description, read at the first need and again after a failure. */
function discover({ issuer, clientId, clientSecret }: Sso): Promise<oidc.Configuration> {
	const known = discovered.get(issuer);
	if (known) return known;
	// Plain http is for a provider on this very machine, as in tests; anything else would send secrets in the open.
	const isLocal = /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(issuer);
	const options = isLocal ? { execute: [oidc.allowInsecureRequests] } : undefined;
	const asked = oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, options);
	discovered.set(issuer, asked);
	asked.catch(() => discovered.delete(issuer));
	return asked;
}

/**
 * The provider's page to send a browser to (OpenID Connect Core 1.0, authorization code flow with PKCE, RFC 7636), and
 * what the browser keeps meanwhile, sealed.
 * @param next where to go afterwards, a path of ours
 * @throws {DomainError} `not_found` without configuration; `unauthenticated` `identity.sso_unreachable`
 */
export async function beginSso(
	config: Config,
	{ redirectUri, next, now }: { redirectUri: string; next: string; now: Date }
): Promise<{ address: URL; kept: string }> {
	const sso = configured(config);
	const provider = await discover(sso).catch(unreachable);
	const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
	const address = oidc.buildAuthorizationUrl(provider, {
		...{ redirect_uri: redirectUri, scope: sso.scope, state, nonce },
		code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
		code_challenge_method: 'S256'
	});
	return { address, kept: keep(config, { state, nonce, verifier, next, at: now.getTime() } satisfies OnTheWay) };
}

/**
 * What the provider says when the browser is back. The answer counts only for the browser that was sent, once, and in time.
 * @throws {DomainError} `unauthenticated` `identity.sso_failed`
 */
export async function finishSso(
	config: Config,
	{ address, redirectUri, kept, now }: { address: URL; redirectUri: string; kept: string | undefined; now: Date }
): Promise<Waiting> {
	const sso = configured(config);
	const way = reopen<OnTheWay>(config, kept, now);
	if (!way) throw new DomainError('unauthenticated', 'identity.sso_failed');
	const provider = await discover(sso).catch(unreachable);
	const returned = new URL(redirectUri);
	returned.search = address.search;
	try {
		const tokens = await oidc.authorizationCodeGrant(provider, returned, {
			pkceCodeVerifier: way.verifier,
			expectedState: way.state,
			expectedNonce: way.nonce,
			idTokenExpected: true
		});
		const claims = tokens.claims();
		if (!claims) throw new Error('no id token');
		const more = provider.serverMetadata().userinfo_endpoint
			? await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)
			: {};
		return { proven: readClaims(sso, { ...claims, ...more, iss: claims.iss }), next: way.next, at: now.getTime() };
	} catch (error) {
		log.warn({ error: recordOf(error) }, 'single sign-on failed');
		throw new DomainError('unauthenticated', 'identity.sso_failed');
	}
}

function readClaims(sso: Sso, claims: Record<string, unknown>): Proven {
	const text = (name: string) => (typeof claims[name] === 'string' ? claims[name].trim() : '');
	const number = text(sso.personalNumberClaim).replace(/\D/g, '');
	const isVerified = claims.email_verified === true || claims.email_verified === 'true';
	const methods = Array.isArray(claims.amr) ? claims.amr : [];
	return {
		...{ issuer: text('iss'), subject: text('sub'), name: text('name') },
		...(isVerified && text('email') && { email: text('email').toLowerCase() }),
		...(/^\d{12}$/.test(number) && { personalNumber: number }),
		isTwoStep: methods.includes('mfa')
	};
}

/** Something for a cookie: sealed, so that a browser neither reads nor makes it. */
export const keep = (config: Pick<Config, 'secretKey'>, value: OnTheWay | Waiting): string =>
	seal(deriveKey(config, 'single-sign-on'), JSON.stringify(value)).toString('base64url');

/** What a cookie keeps, or nothing for one that is forged, foreign or too old. */
export function reopen<T extends { at: number }>(
	config: Pick<Config, 'secretKey'>,
	kept: string | undefined,
	now: Date
): T | undefined {
	if (!kept) return undefined;
	try {
		const value = JSON.parse(unseal(deriveKey(config, 'single-sign-on'), Buffer.from(kept, 'base64url'))) as T;
		return now.getTime() - value.at < SSO_LIFE_MS ? value : undefined;
	} catch {
		return undefined;
	}
}

function unreachable(error: unknown): never {
	log.warn({ error: recordOf(error) }, 'single sign-on cannot be reached');
	throw new DomainError('unauthenticated', 'identity.sso_unreachable');
}

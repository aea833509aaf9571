import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** People of the provider by their login there. */
export type Subjects = Readonly<Record<string, Record<string, unknown>>>;

export const CLIENT = { id: 'buc-giang', secret: 'client-secret-client-secret-client-secret' };

/** A real OpenID provider on this machine, with its own sign-in pages. */
export async function startProvider(redirectUri: string, subjects: Subjects) {
	const server = createServer((req, res) => void handler?.(req, res));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const provider = new Provider(issuer, {
		clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
		claims: { openid: ['sub'], profile: ['name', 'personal_number'], email: ['email', 'email_verified'] },
		findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...subjects[sub] }) }),
		cookies: { keys: ['a-key-for-the-tests'] },
		features: { devInteractions: { enabled: true } }
	});
	const handler: ReturnType<typeof provider.callback> | undefined = provider.callback();
	return { issuer, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** Goes through the provider's pages as a browser would. @returns the address the provider sends the browser back to */
export async function signInAtProvider(address: URL, login: string, redirectUri: string): Promise<URL> {
	const jar = new Map<string, string>();
	let [at, form]: [URL, URLSearchParams | undefined] = [address, undefined];
	for (let i = 0; i < 12; i++) {
		const answer: Response = await fetch(at, {
			redirect: 'manual',
			headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
			...(form && { method: 'POST', body: form })
		});
		for (const cookie of answer.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			jar.set(name, value);
		}
		const location = answer.headers.get('location');
		form = undefined;
		if (location) {
			at = new URL(location, at);
			if (at.href.startsWith(redirectUri)) return at;
			continue;
		}
		const page: string = await answer.text();
		const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
		if (!action) throw new Error(`no form at ${at.pathname}: ${page.slice(0, 300)}`);
		at = new URL(action, at);
		const prompt: string = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login';
		form = new URLSearchParams({ prompt, login, password: 'any' });
	}
	throw new Error('the provider goes round in circles');
}

import { type APIRequestContext, type APIResponse, request } from '@playwright/test';

/** A person at a browser without JavaScript: asks for pages, posts forms, follows nothing by itself. */
export type Visitor = Readonly<{
	get(path: string, accept?: string): Promise<APIResponse>;
	post(path: string, form?: Record<string, string>): Promise<APIResponse>;
	close(): Promise<void>;
}>;

const HTML = 'text/html,application/xhtml+xml';

/** Somebody who has not signed in. */
export async function anonymous(baseURL: string): Promise<Visitor> {
	return visitor(await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } }));
}

/** Somebody who has signed in and read the notice. */
export async function signedIn(baseURL: string, name: string, password: string): Promise<Visitor> {
	const someone = await anonymous(baseURL);
	const answer = await someone.post('/sign-in', { name, password });
	if (answer.status() !== 303) throw new Error(`${name} cannot sign in: ${answer.status()}`);
	await someone.post('/notice');
	return someone;
}

function visitor(api: APIRequestContext): Visitor {
	return {
		get: (path, accept = HTML) => api.get(path, { maxRedirects: 0, headers: { accept } }),
		post: (path, form = {}) => api.post(path, { maxRedirects: 0, headers: { accept: HTML }, form }),
		close: () => api.dispose()
	};
}

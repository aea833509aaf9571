import fs from 'node:fs';
import path from 'node:path';

/** One URL of the product as the files under src/routes declare it. */
export type Route = Readonly<{
	/** Path without groups and matchers, `/classes/[activity]/edit`. */
	id: string;
	/** Matches a path and captures its parameters by name. */
	pattern: RegExp;
	/** Parameters that are identifiers of rows. */
	uuids: readonly string[];
	isReadable: boolean;
	/** Shows something in a browser, not only data or a file. */
	isPage: boolean;
	/** What can be posted: `''` for the default action or a POST handler, `?/name` for named actions. */
	posts: readonly string[];
}>;

const ROOT = path.resolve('src/routes');

/** Every route that answers a request by itself. */
export function listRoutes(): Route[] {
	const folders = new Map<string, string[]>();
	for (const file of fs.readdirSync(ROOT, { recursive: true, encoding: 'utf8' })) {
		if (!/\+(page|server|page\.server)\.(ts|svelte)$/.test(file)) continue;
		const folder = path.dirname(file);
		folders.set(folder, [...(folders.get(folder) ?? []), path.join(ROOT, file)]);
	}
	return [...folders].map(([folder, files]) => describe(folder, files)).toSorted((a, b) => a.id.localeCompare(b.id));
}

function describe(folder: string, files: readonly string[]): Route {
	const segments = folder.split('/').filter((segment) => segment !== '.' && !/^\(.*\)$/.test(segment));
	const declared = `/${segments.join('/')}`;
	const id = declared.replace(/=\w+\]/g, ']');
	const text = files.map((file) => (file.endsWith('.ts') ? fs.readFileSync(file, 'utf8') : '')).join('\n');
	const isPage = files.some((file) => file.endsWith('+page.svelte'));
	return {
		id,
		pattern: patternOf(declared),
		uuids: [...declared.matchAll(/\[(\w+)=uuid\]/g)].map(([, name]) => name!),
		isPage,
		isReadable: isPage || /export const GET\b/.test(text),
		posts: postsOf(text)
	};
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

function patternOf(declared: string): RegExp {
	const source = declared
		.replace(/[.]/g, '\\.')
		.replace(/\[(\w+)=uuid\]/g, `(?<$1>${UUID})`)
		.replace(/\[(\w+)(?:=\w+)?\]/g, '(?<$1>[^/]+?)');
	return new RegExp(`^${source}$`);
}

/** Names of actions are the keys one level inside `export const actions`; prettier keeps them at one tab. */
function postsOf(text: string): string[] {
	const [, actions = ''] = /export const actions[^{]*\{\n([\s\S]*?)\n\}/.exec(text) ?? [];
	const named = [...actions.matchAll(/^\t(?:async )?(\w+)(?=[:(,]|$)/gm)].map(([, name]) =>
		name === 'default' ? '' : `?/${name}`
	);
	return /export const (POST|fallback)\b/.test(text) ? ['', ...named] : named;
}

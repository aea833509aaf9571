import * as v from 'valibot';
import { isDomainError } from './errors.ts';

/** Field name → code of the first thing wrong with it; sentences in lib/i18n/errors.ts. */
type FormIssues = Record<string, string>;

/** A form read against its schema: clean data, or what to show at which field with what was typed. */
export type FormResult<T> =
	Readonly<{ ok: true; data: T }> | Readonly<{ ok: false; issues: FormIssues; values: Record<string, string> }>;

/** Fields whose typed value is never sent back to the page. */
const SECRET = /password|personalNumber|token/i;

/**
 * Reads a posted form. Fields named `name[]` become arrays; the rest are single values; files stay files.
 * @param schema a valibot object schema whose messages are codes such as `form.required`
 */
export async function readForm<S extends v.GenericSchema>(
	request: Request,
	schema: S
): Promise<FormResult<v.InferOutput<S>>> {
	return parseForm(await request.formData(), schema);
}

/** As {@link readForm}, for form data that was read already. */
export function parseForm<S extends v.GenericSchema>(form: FormData, schema: S): FormResult<v.InferOutput<S>> {
	const input: Record<string, unknown> = {};
	const values: Record<string, string> = {};
	for (const key of new Set(form.keys())) {
		const all = form.getAll(key).map((value) => (typeof value === 'string' ? cleaned(value) : value));
		if (key.endsWith('[]')) input[key.slice(0, -2)] = all;
		else {
			input[key] = all[0];
			if (typeof all[0] === 'string' && !SECRET.test(key)) values[key] = all[0];
		}
	}
	const parsed = v.safeParse(schema, input);
	if (parsed.success) return { ok: true, data: parsed.output };
	const issues: FormIssues = {};
	for (const issue of parsed.issues) {
		const field = String(issue.path?.[0]?.key ?? '');
		issues[field] ??= issue.message.includes('.') && !issue.message.includes(' ') ? issue.message : 'form.invalid';
	}
	return { ok: false, issues, values };
}

/** As text is kept: NFC, nothing around it, no NUL, which PostgreSQL refuses. */
const cleaned = (text: string): string => text.normalize('NFC').replaceAll('\0', '').trim();

/** A posted JSON body without NULs, which PostgreSQL refuses in text and in jsonb alike; undefined when it is no JSON. */
export async function readJsonBody(request: Request): Promise<unknown> {
	const text = await request.text();
	try {
		return JSON.parse(text.replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1'));
	} catch {
		return undefined;
	}
}

/** What was ticked in the fields `name[]`, for a page that shows a refused form again. */
export function tickedIn<N extends string>(form: FormData, names: readonly N[]): Record<N, string[]> {
	const ticked = names.map((name) => [name, form.getAll(`${name}[]`).map(String)]);
	return Object.fromEntries(ticked) as Record<N, string[]>;
}

/**
 * Turns a rule's "no" into what an action answers with; anything else is thrown on as the bug it is.
 * Use as `return fail(...refusal(error))`.
 */
export function refusal(error: unknown): [number, { code: string; params: Record<string, string | number> }] {
	if (isDomainError(error)) return [error.status, { code: error.code, params: { ...error.params } }];
	throw error;
}

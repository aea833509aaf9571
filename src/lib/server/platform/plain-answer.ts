import { errorText } from '#lib/i18n/errors.ts';
import type { ErrorParams } from '#lib/i18n/form-errors.ts';
import type { Locale } from '#lib/i18n/index.ts';

/** How the asker reads an answer: a person's page, a form sent by script, or a program. */
export type Audience = 'page' | 'form' | 'program';

/** A "no" given before any page could be made. `code` has its sentence in lib/i18n/errors.ts. */
export type Refusal = Readonly<{ status: number; code: string; params?: ErrorParams; reference?: string }>;

/** Answers with a refusal's sentence in the shape the asker reads. */
export function plainAnswer(audience: Audience, locale: Locale, refusal: Refusal): Response {
	const { status, code, params = {}, reference } = refusal;
	const message = errorText(locale, code, params);
	const error = { message, code, params, status, reference };
	if (audience === 'form') return json({ type: 'error', error, status }, status); // what use:enhance reads
	if (audience === 'program') return json(error, status);
	const home = locale === 'vi' ? 'Về trang chủ' : 'Back to the home page';
	const body = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${message}</title><style>body{font:1.125rem/1.5 sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}</style></head>
<body><h1>${message}</h1>${reference ? `<p>${reference}</p>` : ''}<p><a href="/">${home}</a></p></body></html>`;
	return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

function json(value: unknown, status: number): Response {
	return Response.json(value, { status });
}

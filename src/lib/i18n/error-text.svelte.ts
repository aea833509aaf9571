import { type ErrorParams, fillIn, FORM_SENTENCES, UNKNOWN } from './form-errors.ts';
import type { Locale } from './index.ts';

type ErrorText = typeof import('./errors.ts').errorText;

/**
 * The sentences of all modules. The server has them from the start; a browser loads them when a rule first says no, since
 * they weigh more than most pages do.
 */
let errorTextOfAll = $state.raw<ErrorText>();
if (import.meta.env.SSR) errorTextOfAll = (await import('./errors.ts')).errorText;

/** The sentence of a code, for components. Empty until it has come over the line; then the place that shows it is drawn again. */
export function errorText(locale: Locale, code: string, params: ErrorParams = {}): string {
	const ofField = FORM_SENTENCES[code];
	if (ofField) return fillIn(ofField, locale, params);
	if (!errorTextOfAll) void load();
	return errorTextOfAll?.(locale, code, params) ?? '';
}

async function load(): Promise<void> {
	errorTextOfAll = await import('./errors.ts').then(
		(module) => module.errorText,
		() => (locale: Locale) => fillIn(UNKNOWN, locale, {})
	);
}

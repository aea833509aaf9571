import { getContext, setContext } from 'svelte';
import { DEFAULT_LOCALE, type Locale, type Messages, type Texts } from './index.ts';

const KEY = Symbol('locale');

/** Sets the language for a component and all below it; the root layout calls it once. Changing it reloads the page. */
export function setLocale(locale: Locale): void {
	setContext(KEY, locale);
}

/** The language of the page. Call it while a component initialises. */
export function currentLocale(): Locale {
	return getContext<Locale | undefined>(KEY) ?? DEFAULT_LOCALE;
}

/** The texts of a module in the language of the page. Call it while a component initialises. */
export function texts<T extends Texts>(messages: Messages<T>): T {
	return messages[currentLocale()];
}

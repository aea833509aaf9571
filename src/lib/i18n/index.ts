/** Languages of the interface. Vietnamese is the default; what people enter is never translated. */
export const LOCALES = ['vi', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'vi';

/** Texts of one module: plain sentences, functions where a sentence holds a value, lists, or groups of these. */
export type Texts = { readonly [key: string]: string | ((...values: never[]) => string) | readonly string[] | Texts };

/** Both languages of one module, of the same shape. */
export type Messages<T extends Texts> = Readonly<Record<Locale, T>>;

/**
 * Declares the texts of a module. The Vietnamese side sets the shape and the type checker holds the English side to it,
 * so a missing translation does not compile. On the server read `messages[locale]`; in a component use `texts(messages)`.
 */
export function defineMessages<T extends Texts>(messages: { vi: T; en: NoInfer<T> }): Messages<T> {
	return messages;
}

/** The language asked for, or Vietnamese when it is none of ours (a cookie may hold anything). */
export function toLocale(value: string | null | undefined): Locale {
	return LOCALES.find((locale) => locale === value) ?? DEFAULT_LOCALE;
}

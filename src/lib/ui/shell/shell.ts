import type { Locale } from '#lib/i18n/index.ts';
import type { shellMessages } from '#lib/i18n/shell.ts';

export const TEXT_SIZES = ['small', 'normal', 'large'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** A place in the main menu; `label` names its words in `shellMessages.menu`. */
export type MenuEntry = { href: string; label: keyof typeof shellMessages.vi.menu };

/** Whose site this is, as the banner and the foot print it. */
export type Site = {
	owner: string;
	name: string;
	responsible?: string | undefined;
	address?: string | undefined;
	phone?: string | undefined;
	email?: string | undefined;
};

/** What the root layout's load hands to the frame around every page. */
export type ShellData = {
	locale: Locale;
	textSize: TextSize;
	isDemo: boolean;
	site: Site;
	account: null | { displayName: string; menu: readonly MenuEntry[] };
	/** Path and query of this page: marks the menu entry and is where a preference form returns to. */
	path: string;
};

/** The menu entry that a path belongs to: the longest one that is the path or stands above it. */
export function currentEntry(menu: readonly MenuEntry[], path: string): string | undefined {
	const pathname = path.split('?')[0] ?? path;
	return menu
		.map((entry) => entry.href)
		.filter((href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)))
		.sort((a, b) => b.length - a.length)[0];
}

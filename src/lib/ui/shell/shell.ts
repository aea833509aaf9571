import type { Locale } from '#lib/i18n/index.ts';
import type { MenuKey } from '#lib/i18n/shell.ts';

/** A place in the main menu; `key` names its words in `shellMessages.menu`. */
export type MenuEntry = Readonly<{ href: string; key: MenuKey }>;

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
	textSize: 'small' | 'normal' | 'large';
	isDemo: boolean;
	site: Site;
	account: null | { displayName: string; menu: readonly MenuEntry[] };
};

/** The menu entry that a path belongs to: the longest one that is the path or stands above it. */
export function currentEntry(menu: readonly MenuEntry[], pathname: string): string | undefined {
	return menu
		.map((entry) => entry.href)
		.filter((href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)))
		.sort((a, b) => b.length - a.length)[0];
}

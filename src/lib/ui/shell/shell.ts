import type { Locale } from '#lib/i18n/index.ts';
import type { MenuGroupKey, MenuKey } from '#lib/i18n/shell.ts';

/** A place in the main menu; `key` names its words in `shellMessages.menu`, `group` those of its group. */
export type MenuEntry = Readonly<{ href: string; key: MenuKey; group?: MenuGroupKey }>;

/** What stands side by side in the main menu: an entry by itself, or a group that unfolds. */
export type MenuPart = Readonly<{ group?: MenuGroupKey; entries: readonly MenuEntry[] }>;

/** Whose site this is, as the banner and the foot print it. */
export type Site = {
	owner: string;
	name: string;
	responsible?: string | undefined;
	address?: string | undefined;
	phone?: string | undefined;
	email?: string | undefined;
	rapporteurList?: string | undefined;
};

/** What the root layout's load hands to the frame around every page. */
export type ShellData = {
	locale: Locale;
	textSize: 'small' | 'normal' | 'large';
	isDemo: boolean;
	site: Site;
	account: null | { displayName: string; menu: readonly MenuEntry[] };
	/** Messages not read yet. */
	unread: number;
};

/** The menu entry that a path belongs to: the longest one that is the path or stands above it. */
export function currentEntry(menu: readonly MenuEntry[], pathname: string): string | undefined {
	return menu
		.map((entry) => entry.href)
		.filter((href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)))
		.sort((a, b) => b.length - a.length)[0];
}

/** Entries of one group together, at the place of its first; a group of one is an entry by itself. */
export function menuParts(menu: readonly MenuEntry[]): MenuPart[] {
	const groups = new Map<MenuGroupKey | MenuEntry, MenuEntry[]>();
	for (const entry of menu) {
		const key = entry.group ?? entry;
		groups.set(key, [...(groups.get(key) ?? []), entry]);
	}
	return [...groups].map(([key, entries]) =>
		typeof key === 'string' && entries.length > 1 ? { group: key, entries } : { entries }
	);
}

import type { MenuKey } from '#lib/i18n/shell.ts';
import type { Actor } from './actor.ts';
import { can, type Permission } from './permissions.ts';

/** One entry of the main menu; `key` names its text in lib/i18n/shell.ts. */
export type MenuEntry = Readonly<{ href: string; key: MenuKey }>;

type Rule = MenuEntry & Readonly<{ isFor: 'everyone' | 'learners' | Permission }>;

const MENU: readonly Rule[] = [
	{ href: '/', key: 'home', isFor: 'everyone' },
	{ href: '/my', key: 'my', isFor: 'learners' },
	{ href: '/courses', key: 'courses', isFor: 'everyone' },
	{ href: '/teach/courses', key: 'teaching', isFor: 'course:author' },
	{ href: '/teach/reviews', key: 'reviews', isFor: 'course:approve' },
	{ href: '/classes', key: 'classes', isFor: 'training:read' },
	{ href: '/people', key: 'people', isFor: 'roster:read' },
	{ href: '/units', key: 'units', isFor: 'unit:read' },
	{ href: '/targets', key: 'targets', isFor: 'indicators:read' },
	{ href: '/accounts', key: 'accounts', isFor: 'account:manage' },
	{ href: '/audit', key: 'audit', isFor: 'audit:read' }
];

/** The entries an actor may open. Hiding is courtesy: each page's use case refuses on its own. */
export function menuOf(actor: Actor): MenuEntry[] {
	const isFor = (rule: Rule) => {
		if (rule.isFor === 'everyone') return true;
		if (rule.isFor === 'learners') return actor.kind === 'account' && actor.personId !== undefined;
		return can(actor, rule.isFor);
	};
	return MENU.filter(isFor).map(({ href, key }) => ({ href, key }));
}

import type { MenuGroupKey, MenuKey } from '#lib/i18n/shell.ts';
import type { Actor } from './actor.ts';
import { can, type Permission } from './permissions.ts';

/** One entry of the main menu; `key` and `group` name their texts in lib/i18n/shell.ts. Entries of one group stand together. */
type MenuEntry = Readonly<{ href: string; key: MenuKey; group?: MenuGroupKey }>;

type Rule = MenuEntry & Readonly<{ isFor: 'everyone' | 'learners' | Permission }>;

const MENU: readonly Rule[] = [
	{ href: '/', key: 'home', isFor: 'everyone' },
	{ href: '/my', key: 'my', group: 'learn', isFor: 'learners' },
	{ href: '/courses', key: 'courses', group: 'learn', isFor: 'everyone' },
	{ href: '/programmes', key: 'programmes', group: 'learn', isFor: 'everyone' },
	{ href: '/library', key: 'library', group: 'learn', isFor: 'everyone' },
	{ href: '/forum', key: 'forum', group: 'learn', isFor: 'everyone' },
	{ href: '/teach/courses', key: 'teaching', group: 'teach', isFor: 'course:author' },
	{ href: '/teach/answers', key: 'answers', group: 'teach', isFor: 'course:author' },
	{ href: '/teach/reviews', key: 'reviews', group: 'teach', isFor: 'course:approve' },
	{ href: '/teach/questions', key: 'questions', group: 'teach', isFor: 'question:read' },
	{ href: '/classes', key: 'classes', group: 'classes', isFor: 'training:read' },
	{ href: '/certificates', key: 'certificates', group: 'classes', isFor: 'certificate:read' },
	{ href: '/surveys', key: 'surveys', group: 'classes', isFor: 'survey:read' },
	{ href: '/people', key: 'people', group: 'roster', isFor: 'roster:read' },
	{ href: '/people/requests', key: 'dataRequests', group: 'roster', isFor: 'roster:manage' },
	{ href: '/units', key: 'units', group: 'roster', isFor: 'unit:read' },
	{ href: '/targets', key: 'targets', group: 'figures', isFor: 'indicators:read' },
	{ href: '/reports', key: 'reports', group: 'figures', isFor: 'report:read' },
	{ href: '/accounts', key: 'accounts', group: 'admin', isFor: 'account:manage' },
	{ href: '/sharing', key: 'sharing', group: 'admin', isFor: 'sharing:manage' },
	{ href: '/security', key: 'security', group: 'admin', isFor: 'system:operate' },
	{ href: '/personal-data', key: 'personalData', group: 'admin', isFor: 'system:operate' },
	{ href: '/audit', key: 'audit', group: 'admin', isFor: 'audit:read' }
];

/** The entries an actor may open. Hiding is courtesy: each page's use case refuses on its own. */
export function menuOf(actor: Actor): MenuEntry[] {
	const isFor = (rule: Rule) => {
		if (rule.isFor === 'everyone') return true;
		if (rule.isFor === 'learners') return actor.kind === 'account' && actor.personId !== undefined;
		return can(actor, rule.isFor);
	};
	return MENU.filter(isFor).map(({ href, key, group }) => ({ href, key, ...(group && { group }) }));
}

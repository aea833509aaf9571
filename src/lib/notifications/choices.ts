import type { NoticeGroup } from './notice.ts';

/** When somebody gets mail about messages of a group. */
export const MAIL_CHOICES = ['now', 'daily', 'never'] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];

/** How somebody is told of messages of a group, beside the inbox, which always has them. */
export type Choice = Readonly<{ mail: MailChoice; phone: boolean }>;

/** Groups that people choose for; messages about the own account are always sent. */
export const CHOOSABLE_GROUPS = [
	'learning',
	'work',
	'announcement',
	'community'
] as const satisfies readonly NoticeGroup[];
export type ChoosableGroup = (typeof CHOOSABLE_GROUPS)[number];

/** What holds until somebody chooses. Talk does not fill mailboxes, and messages to telephones cost the province money. */
export const DEFAULT_CHOICES: Readonly<Record<NoticeGroup, Choice>> = {
	learning: { mail: 'now', phone: true },
	work: { mail: 'now', phone: false },
	announcement: { mail: 'now', phone: true },
	community: { mail: 'daily', phone: false },
	account: { mail: 'now', phone: false }
};

/** Hour of the day, in Việt Nam, at which the daily summary goes out. */
export const DIGEST_HOUR = 7;

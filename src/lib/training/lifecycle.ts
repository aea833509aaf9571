import type { ActivityStatus } from './activity.ts';

/** What one can do to a class as a whole. */
const STATUS_CHANGES = ['begin', 'end', 'reopen', 'cancel', 'report', 'return', 'lock'] as const;
export type StatusChange = (typeof STATUS_CHANGES)[number];

/**
 * Who decides a change: `manage` the organising unit's admin, `approve` its head, `province` the province admin.
 * Each is a permission of the organising unit's subtree.
 */
export type Decider = 'manage' | 'approve' | 'province';

type Rule = Readonly<{ from: readonly ActivityStatus[]; to: ActivityStatus; by: Decider }>;

/** Dự kiến → Đang diễn ra → Đã kết thúc → Đã báo cáo → Đã chốt; Đã hủy. A class may end on its first day, so `end` starts from planned too. */
export const LIFECYCLE: Readonly<Record<StatusChange, Rule>> = {
	begin: { from: ['planned'], to: 'ongoing', by: 'manage' },
	end: { from: ['planned', 'ongoing'], to: 'ended', by: 'manage' },
	reopen: { from: ['ended'], to: 'ongoing', by: 'manage' },
	cancel: { from: ['planned', 'ongoing'], to: 'cancelled', by: 'manage' },
	report: { from: ['ended'], to: 'reported', by: 'approve' },
	return: { from: ['reported'], to: 'ended', by: 'approve' },
	lock: { from: ['reported'], to: 'locked', by: 'province' }
};

/** The status a change leads to, or undefined where it is not allowed from here. */
export function nextStatus(status: ActivityStatus, change: StatusChange): ActivityStatus | undefined {
	const rule = LIFECYCLE[change];
	return rule.from.includes(status) ? rule.to : undefined;
}

/** Changes that this decider may make from a status. */
export function possibleChanges(status: ActivityStatus, by: readonly Decider[]): StatusChange[] {
	return STATUS_CHANGES.filter((change) => nextStatus(status, change) && by.includes(LIFECYCLE[change].by));
}

/**
 * The status as shown on a day (`yyyy-mm-dd`): a planned class is under way from its first day on, without anybody or
 * any nightly job writing so.
 */
export function statusOn(activity: { status: ActivityStatus; startsOn: string }, day: string): ActivityStatus {
	return activity.status === 'planned' && activity.startsOn <= day ? 'ongoing' : activity.status;
}

/** True while facts, people and evidence of a class may still be changed by its organiser. */
export function isEditable(status: ActivityStatus): boolean {
	return status === 'planned' || status === 'ongoing' || status === 'ended';
}

/** True while people may be summoned to it. */
export function isOpenForSummons(status: ActivityStatus): boolean {
	return status === 'planned' || status === 'ongoing';
}

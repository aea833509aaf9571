import type { ActivityStatus, DeliveryMode } from './activity.ts';

/** What a unit's list is about now: whom it nominates, or who attended. */
export type ListStage = 'nominate' | 'attend';

/** Facts of an activity that say which. */
export type StagedActivity = Readonly<{ mode: DeliveryMode; dueOn: string; endedOn: string | null }>;

/**
 * From the activity's last day on (`yyyy-mm-dd`), a list tells who attended. Where people learn by themselves it only ever
 * nominates: they complete by learning.
 */
export function listStage({ mode, dueOn, endedOn }: StagedActivity, today: string): ListStage {
	return mode !== 'online_self_paced' && today >= (endedOn ?? dueOn) ? 'attend' : 'nominate';
}

/** How far a bridge site is: its list awaited, sent, or returned by the organiser. */
export type SiteState = 'waiting' | 'sent' | 'returned';

/** The state of a site's list at a stage; a list sent at the stage before is awaited again. */
export function siteState(
	site: Readonly<{ nominatedAt: Date | null; sentAt: Date | null; returnReason: string | null }>,
	stage: ListStage
): SiteState {
	if (stage === 'nominate' ? site.nominatedAt : site.sentAt) return 'sent';
	return site.returnReason ? 'returned' : 'waiting';
}

/** Activities a unit may take part in with a list of its own: those that are neither reported nor called off. */
export function takesSites(status: ActivityStatus): boolean {
	return status === 'planned' || status === 'ongoing' || status === 'ended';
}

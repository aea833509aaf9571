import type { ActivityKind, ActivityStatus } from './activity.ts';

/** What of an activity decides whether it counts for the targets. */
export type QualifyingFacts = Readonly<{
	source: 'own' | 'external';
	kind: ActivityKind;
	topics: readonly string[];
	/** Category codes; empty = all target staff. */
	audience: readonly string[];
	status: ActivityStatus;
	documentNo: string | null;
	approver: string | null;
	/** People who attended or completed, with those of aggregate results. */
	attendeeCount: number;
}>;

/** The province's reading of the rule that qualifying needs. */
export type QualifyingRule = Readonly<{
	countedKinds: readonly string[];
	countedTopics: readonly string[];
	/** Codes of the categories that make the denominator. */
	targetCategories: readonly string[];
}>;

/** Why an activity does not count; words in lib/i18n/training.ts. */
export type Shortcoming =
	'kind' | 'topic' | 'audience' | 'document' | 'cancelled' | 'external' | 'not_ended' | 'no_attendee';

/**
 * What keeps a completion in this activity from the trained share, whatever the day: kind, topic, audience, document or
 * approver (domain rule 1). An open class counts too, since a completion counts from its own day; so does an external one
 * (rule 8). The organising unit is a required column.
 */
export function trainedShortcomings(facts: QualifyingFacts, rule: QualifyingRule): Shortcoming[] {
	const found: Shortcoming[] = [];
	if (!rule.countedKinds.includes(facts.kind)) found.push('kind');
	if (!facts.topics.some((topic) => rule.countedTopics.includes(topic))) found.push('topic');
	if (facts.audience.length > 0 && !facts.audience.some((code) => rule.targetCategories.includes(code))) {
		found.push('audience');
	}
	if (!facts.documentNo && !facts.approver) found.push('document');
	if (facts.status === 'cancelled') found.push('cancelled');
	return found;
}

/** What keeps the activity from the online share: the above, and being external, not ended or without an attendee. */
export function onlineShortcomings(facts: QualifyingFacts, rule: QualifyingRule): Shortcoming[] {
	const found = trainedShortcomings(facts, rule);
	if (facts.source === 'external') found.push('external');
	if (!['ended', 'reported', 'locked', 'cancelled'].includes(facts.status)) found.push('not_ended');
	if (facts.attendeeCount < 1) found.push('no_attendee');
	return found;
}

/** True when a completion in this activity makes its person "được tập huấn". The SQL twin: server/training/qualifying.ts. */
export function qualifiesForTrained(facts: QualifyingFacts, rule: QualifyingRule): boolean {
	return trainedShortcomings(facts, rule).length === 0;
}

/** True when the activity stands in the online share's denominator. The SQL twin: server/training/qualifying.ts. */
export function qualifiesForOnline(facts: QualifyingFacts, rule: QualifyingRule): boolean {
	return onlineShortcomings(facts, rule).length === 0;
}

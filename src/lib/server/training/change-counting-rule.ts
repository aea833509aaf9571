import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { currentRule, type CountingRule } from './counting-rule.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { countingRules } from './tables.ts';

/**
 * Sets the rule from now on and moves every derived row that follows from it, in one transaction.
 * @throws {DomainError} `forbidden`; `invalid` `training.rule_needs_document` for a hybrid rule other than strict without
 * its guiding document
 */
export async function changeCountingRule(ctx: Context, rule: Omit<CountingRule, 'targetCategories'>): Promise<void> {
	authorise(ctx.actor, 'targets:manage');
	if (rule.hybridRule !== 'strict' && !rule.guidingDocument) {
		throw new DomainError('invalid', 'training.rule_needs_document');
	}
	await ctx.db.transaction(async (tx) => {
		const before = await currentRule(tx);
		await tx.insert(countingRules).values({
			hybridRule: rule.hybridRule,
			guidingDocument: rule.guidingDocument,
			countedKinds: [...rule.countedKinds],
			countedTopics: [...rule.countedTopics],
			attendancePercent: rule.attendancePercent,
			smallUnitActivities: rule.smallUnitActivities,
			recordedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null
		});
		await recomputeFirstCompletions(tx, 'all');
		await recordAudit(ctx, tx, 'counting_rule.changed', { before, after: rule });
	});
}

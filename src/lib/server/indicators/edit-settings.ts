import { and, eq, sql } from 'drizzle-orm';
import type { CountingRuleInput, StageInput, TargetInput } from '#lib/indicators/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { within, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { changeCountingRule } from '../training/change-counting-rule.ts';
import { currentRule } from '../training/counting-rule.ts';
import { countingRules } from '../training/tables.ts';
import { currentRuleId, listStages, listTargets } from './settings.ts';
import { targets, targetStages } from './tables.ts';

/** All that the settings page edits, and the versions an edit must name. */
export async function getTargetSettings(ctx: Context) {
	authorise(ctx.actor, 'targets:manage');
	const [stages, rows, rule, ruleId] = await Promise.all([
		listStages(ctx.db),
		listTargets(ctx.db),
		currentRule(ctx.db),
		currentRuleId(ctx.db)
	]);
	return { stages, targets: rows, rule, ruleId: ruleId ?? '' };
}

/**
 * Changes one target.
 * @throws {DomainError} `forbidden`; `conflict` `indicators.stale` when another version stands there by now
 */
export async function changeTarget(
	ctx: Context,
	{ stageCode, indicator, version, ...values }: TargetInput
): Promise<void> {
	authorise(ctx.actor, 'targets:manage');
	await ctx.db.transaction(async (tx) => {
		const which = and(eq(targets.stageCode, stageCode), eq(targets.indicator, indicator));
		const [before] = await tx.select().from(targets).where(which).for('update');
		if (!before) throw new DomainError('not_found', 'indicators.unknown_stage');
		if (before.version !== version) throw new DomainError('conflict', 'indicators.stale');
		await tx
			.update(targets)
			.set({ ...values, version: version + 1 })
			.where(which);
		await recordAudit(ctx, tx, 'target.changed', { objectId: `${stageCode} ${indicator}`, before, after: values });
	});
}

/**
 * Changes the days of a stage.
 * @throws {DomainError} `forbidden`; `conflict` `indicators.stale`; `invalid` `indicators.stages_overlap`
 */
export async function changeStage(ctx: Context, { code, startsOn, endsOn, ...seen }: StageInput): Promise<void> {
	authorise(ctx.actor, 'targets:manage');
	await ctx.db.transaction(async (tx) => {
		const stages = await tx.select().from(targetStages).for('update');
		const before = stages.find((stage) => stage.code === code);
		if (!before) throw new DomainError('not_found', 'indicators.unknown_stage');
		if (before.startsOn !== seen.seenStartsOn || before.endsOn !== seen.seenEndsOn) {
			throw new DomainError('conflict', 'indicators.stale');
		}
		const overlaps = stages.some(
			(stage) => stage.code !== code && stage.startsOn <= endsOn && startsOn <= stage.endsOn
		);
		if (overlaps) throw new DomainError('invalid', 'indicators.stages_overlap');
		await tx.update(targetStages).set({ startsOn, endsOn }).where(eq(targetStages.code, code));
		await recordAudit(ctx, tx, 'target_stage.changed', { objectId: code, before, after: { startsOn, endsOn } });
	});
}

/**
 * Changes the counting rule and, in the same transaction, every derived row that rests on it.
 * @throws {DomainError} `forbidden`; `conflict` `indicators.stale`; `invalid` where a rule other than strict has no document
 */
export async function changeRule(
	ctx: Context,
	{ seenRule, guidingDocument, ...rule }: CountingRuleInput
): Promise<void> {
	authorise(ctx.actor, 'targets:manage');
	await ctx.db.transaction(async (tx) => {
		await tx.execute(sql`lock table ${countingRules} in share row exclusive mode`);
		if (((await currentRuleId(tx)) ?? '') !== seenRule) throw new DomainError('conflict', 'indicators.stale');
		await changeCountingRule(within(ctx, tx), { ...rule, guidingDocument: guidingDocument || null });
	});
}

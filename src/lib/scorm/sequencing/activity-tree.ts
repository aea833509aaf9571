import type Scorm2004API from 'scorm-again/scorm2004';
import type { Item, Organization } from '../manifest.ts';
import { DEFAULT_SEQUENCING, type Objective, type Rule, type Sequencing } from './definition.ts';

type ApiSettings = NonNullable<ConstructorParameters<typeof Scorm2004API>[0]>;
type ActivitySettings = NonNullable<NonNullable<ApiSettings['sequencing']>['activityTree']>;

/** The tree of activities as scorm-again takes it. The root activity has this identifier. */
export function activityTreeOf(organization: Organization): ActivitySettings {
	return activityOf({
		identifier: organization.identifier,
		title: organization.title,
		isVisible: true,
		items: organization.items,
		...(organization.sequencing && { sequencing: organization.sequencing })
	});
}

function activityOf(item: Item): ActivitySettings {
	const sequencing = item.sequencing ?? DEFAULT_SEQUENCING;
	const { attemptLimit, delivery, rollup } = sequencing;
	const primary = sequencing.objectives.find(({ isPrimary }) => isPrimary)!;
	return {
		id: item.identifier,
		title: item.title,
		isVisible: item.isVisible,
		children: item.items.map(activityOf),
		...(attemptLimit !== null && { attemptLimit }),
		primaryObjective: objectiveOf(primary, item.identifier),
		objectives: sequencing.objectives
			.filter((each) => each !== primary)
			.map((each) => objectiveOf(each, item.identifier)),
		sequencingRules: {
			preConditionRules: sequencing.rules.pre.map(ruleOf),
			exitConditionRules: sequencing.rules.exit.map(ruleOf),
			postConditionRules: sequencing.rules.post.map(ruleOf)
		},
		sequencingControls: controlsOf(sequencing),
		deliveryControls: { ...delivery },
		rollupRules: {
			rules: rollup.rules.map(
				({ action, childActivitySet, minimumCount, minimumPercent, combination, conditions }) => ({
					action: action as never,
					consideration: childActivitySet as never,
					minimumCount,
					minimumPercent: minimumPercent * 100, // a share here, a percentage there
					conditionCombination: combination as never,
					conditions: conditions.map(({ condition, isNegated }) => ({
						condition: condition as never,
						operator: (isNegated ? 'not' : 'noOp') as never
					}))
				})
			)
		},
		rollupConsiderations: {
			requiredForSatisfied: rollup.requiredForSatisfied,
			requiredForNotSatisfied: rollup.requiredForNotSatisfied,
			requiredForCompleted: rollup.requiredForCompleted,
			requiredForIncomplete: rollup.requiredForIncomplete,
			measureSatisfactionIfActive: rollup.measureSatisfactionIfActive
		},
		...(item.completionThreshold && { completionThreshold: { ...item.completionThreshold } }),
		...(item.hideLmsUi && { hideLmsUi: [...item.hideLmsUi] }),
		...(item.sharedData && {
			sharedDataMaps: item.sharedData.map(({ targetId, canRead, canWrite }) => ({
				targetID: targetId,
				readSharedData: canRead,
				writeSharedData: canWrite
			}))
		})
	};
}

function controlsOf({
	controls,
	rollup,
	selection,
	randomization
}: Sequencing): ActivitySettings['sequencingControls'] {
	return {
		...controls,
		rollupObjectiveSatisfied: rollup.objectiveSatisfied,
		rollupProgressCompletion: rollup.progressCompletion,
		objectiveMeasureWeight: rollup.objectiveMeasureWeight,
		selectionTiming: selection.timing as never,
		...(selection.count !== null && { selectCount: selection.count, selectionCountStatus: true }),
		randomizationTiming: randomization.timing as never,
		randomizeChildren: randomization.reorderChildren,
		reorderChildren: randomization.reorderChildren
	};
}

function objectiveOf({ id, isPrimary, satisfiedByMeasure, minNormalizedMeasure, maps }: Objective, activityId: string) {
	return {
		objectiveID: id ?? (isPrimary ? `${activityId}_primary` : ''),
		isPrimary,
		satisfiedByMeasure,
		minNormalizedMeasure,
		mapInfo: maps.map(({ targetId, ...map }) => ({ targetObjectiveID: targetId, ...map }))
	};
}

function ruleOf({ action, combination, conditions }: Rule) {
	return {
		action: action as never,
		conditionCombination: combination,
		conditions: conditions.map(({ condition, objectiveId, measureThreshold, isNegated }) => ({
			condition: condition as never,
			operator: (isNegated ? 'not' : 'noOp') as never,
			...(objectiveId && { referencedObjective: objectiveId }),
			parameters: { threshold: measureThreshold }
		}))
	};
}

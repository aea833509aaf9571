import {
	DEFAULT_SEQUENCING,
	REQUIRED_FOR,
	ROLLUP_ACTIONS,
	ROLLUP_CONDITIONS,
	RULE_ACTIONS,
	RULE_CONDITIONS,
	type Objective,
	type ObjectiveMap,
	type Rollup,
	type RollupRule,
	type Rule,
	type RuleAction,
	type RuleCondition,
	type Sequencing,
	type Timing
} from '#lib/scorm/sequencing/definition.ts';
import { attributeOf, childOf, childrenOf, textOf, type Element } from './xml.ts';

/** Sequencing shared by its ID (`imsss:sequencingCollection`, CAM 5.1.2). */
export type SequencingCollection = ReadonlyMap<string, Element>;

export function readSequencingCollection(manifest: Element): SequencingCollection {
	const shared = childrenOf(manifest, 'sequencingcollection').flatMap((each) => childrenOf(each, 'sequencing'));
	return new Map(shared.flatMap((each) => (attributeOf(each, 'id') ? [[attributeOf(each, 'id')!, each]] : [])));
}

/** The sequencing of an item or organization with all defaults; its own parts win over those of the collection. */
export function readSequencing(owner: Element, collection: SequencingCollection): Sequencing | undefined {
	const own = childOf(owner, 'sequencing');
	if (!own) return undefined;
	const shared = collection.get(attributeOf(own, 'idref') ?? '');
	const part = (name: string) => childOf(own, name) ?? childOf(shared, name);
	const objectives = childrenOf(own, 'objectives').length > 0 ? own : shared;
	const delivery = part('deliverycontrols');
	const random = part('randomizationcontrols');
	const count = Number(attributeOf(random, 'selectcount') ?? Number.NaN);
	return {
		controls: readControls(part('controlmode'), part('constrainedchoiceconsiderations')),
		rules: readRules(part('sequencingrules')),
		attemptLimit: wholeOrNull(attributeOf(part('limitconditions'), 'attemptlimit')),
		rollup: readRollup(part('rolluprules'), part('rollupconsiderations')),
		objectives: readObjectives(childrenOf(objectives, 'objectives')),
		selection: {
			timing: timingOf(attributeOf(random, 'selectiontiming')),
			count: Number.isInteger(count) && count >= 0 ? count : null
		},
		randomization: {
			timing: timingOf(attributeOf(random, 'randomizationtiming')),
			reorderChildren: flag(random, 'reorderchildren', false)
		},
		delivery: {
			tracked: flag(delivery, 'tracked', true),
			completionSetByContent: flag(delivery, 'completionsetbycontent', false),
			objectiveSetByContent: flag(delivery, 'objectivesetbycontent', false)
		}
	};
}

function readControls(mode: Element | undefined, constrained: Element | undefined): Sequencing['controls'] {
	return {
		choice: flag(mode, 'choice', true),
		choiceExit: flag(mode, 'choiceexit', true),
		flow: flag(mode, 'flow', false),
		forwardOnly: flag(mode, 'forwardonly', false),
		useCurrentAttemptObjectiveInfo: flag(mode, 'usecurrentattemptobjectiveinfo', true),
		useCurrentAttemptProgressInfo: flag(mode, 'usecurrentattemptprogressinfo', true),
		preventActivation: flag(constrained, 'preventactivation', false),
		constrainChoice: flag(constrained, 'constrainchoice', false)
	};
}

function readRules(rules: Element | undefined): Sequencing['rules'] {
	const of = (name: string, kind: keyof typeof RULE_ACTIONS) =>
		childrenOf(rules, name).flatMap((rule) => readRule(rule, RULE_ACTIONS[kind]) ?? []);
	return {
		pre: of('preconditionrule', 'pre'),
		exit: of('exitconditionrule', 'exit'),
		post: of('postconditionrule', 'post')
	};
}

function readRule(rule: Element, actions: readonly RuleAction[]): Rule | undefined {
	const action = oneOf(actions, attributeOf(childOf(rule, 'ruleaction'), 'action'));
	if (!action) return undefined;
	const list = childOf(rule, 'ruleconditions');
	return {
		action,
		combination: attributeOf(list, 'conditioncombination') === 'any' ? 'any' : 'all',
		conditions: childrenOf(list, 'rulecondition').flatMap((each) => readCondition(each) ?? [])
	};
}

function readCondition(element: Element): RuleCondition | undefined {
	const condition = oneOf(RULE_CONDITIONS, attributeOf(element, 'condition'));
	return (
		condition && {
			condition,
			objectiveId: attributeOf(element, 'referencedobjective') ?? null,
			measureThreshold: decimal(attributeOf(element, 'measurethreshold'), 0),
			isNegated: attributeOf(element, 'operator') === 'not'
		}
	);
}

function readRollup(rules: Element | undefined, considerations: Element | undefined): Rollup {
	const required = (name: string) => oneOf(REQUIRED_FOR, attributeOf(considerations, name)) ?? 'always';
	return {
		rules: childrenOf(rules, 'rolluprule').flatMap((rule) => readRollupRule(rule) ?? []),
		objectiveSatisfied: flag(rules, 'rollupobjectivesatisfied', true),
		progressCompletion: flag(rules, 'rollupprogresscompletion', true),
		objectiveMeasureWeight: decimal(attributeOf(rules, 'objectivemeasureweight'), 1),
		requiredForSatisfied: required('requiredforsatisfied'),
		requiredForNotSatisfied: required('requiredfornotsatisfied'),
		requiredForCompleted: required('requiredforcompleted'),
		requiredForIncomplete: required('requiredforincomplete'),
		measureSatisfactionIfActive: flag(considerations, 'measuresatisfactionifactive', true)
	};
}

function readRollupRule(rule: Element): RollupRule | undefined {
	const action = oneOf(ROLLUP_ACTIONS, attributeOf(childOf(rule, 'rollupaction'), 'action'));
	if (!action) return undefined;
	const sets = ['all', 'any', 'none', 'atLeastCount', 'atLeastPercent'] as const;
	const list = childOf(rule, 'rollupconditions');
	return {
		action,
		childActivitySet: oneOf(sets, attributeOf(rule, 'childactivityset')) ?? 'all',
		minimumCount: decimal(attributeOf(rule, 'minimumcount'), 0),
		minimumPercent: decimal(attributeOf(rule, 'minimumpercent'), 0),
		combination: attributeOf(list, 'conditioncombination') === 'all' ? 'all' : 'any',
		conditions: childrenOf(list, 'rollupcondition').flatMap((each) => {
			const condition = oneOf(ROLLUP_CONDITIONS, attributeOf(each, 'condition'));
			return condition ? [{ condition, isNegated: attributeOf(each, 'operator') === 'not' }] : [];
		})
	};
}

/**
 * Objectives with their maps. Those of `adlseq:objectives` add what the 4th edition shares besides (raw scores, progress),
 * to the same objective by its ID.
 */
function readObjectives(lists: readonly Element[]): Objective[] {
	const found: Objective[] = [];
	for (const list of lists) {
		for (const [name, isPrimary] of [
			['primaryobjective', true],
			['objective', false]
		] as const) {
			for (const element of childrenOf(list, name)) add(found, readObjective(element, isPrimary));
		}
	}
	const hasPrimary = found.some(({ isPrimary }) => isPrimary);
	return hasPrimary ? found : [...DEFAULT_SEQUENCING.objectives, ...found];
}

function add(found: Objective[], objective: Objective): void {
	const at = found.findIndex(({ id }) => id !== null && id === objective.id);
	if (at < 0) return void found.push(objective);
	const there = found[at]!;
	const maps = [...there.maps];
	for (const map of objective.maps) {
		const same = maps.findIndex(({ targetId }) => targetId === map.targetId);
		if (same < 0) maps.push(map);
		else maps[same] = joinMaps(maps[same]!, map);
	}
	found[at] = { ...there, maps };
}

/** The first map's satisfaction and measure (imsss), the second one's scores and progress (adlseq). */
function joinMaps(imsss: ObjectiveMap, adlseq: ObjectiveMap): ObjectiveMap {
	const { readSatisfiedStatus, readNormalizedMeasure, writeSatisfiedStatus, writeNormalizedMeasure } = imsss;
	return { ...adlseq, readSatisfiedStatus, readNormalizedMeasure, writeSatisfiedStatus, writeNormalizedMeasure };
}

function readObjective(element: Element, isPrimary: boolean): Objective {
	return {
		id: attributeOf(element, 'objectiveid') ?? null,
		isPrimary,
		satisfiedByMeasure: flag(element, 'satisfiedbymeasure', false),
		minNormalizedMeasure: decimal(textOf(childOf(element, 'minnormalizedmeasure')).trim() || undefined, 1),
		maps: childrenOf(element, 'mapinfo').flatMap((map) => readMap(map) ?? [])
	};
}

function readMap(map: Element): ObjectiveMap | undefined {
	const targetId = attributeOf(map, 'targetobjectiveid');
	if (!targetId) return undefined;
	return {
		targetId,
		readSatisfiedStatus: flag(map, 'readsatisfiedstatus', true),
		readNormalizedMeasure: flag(map, 'readnormalizedmeasure', true),
		writeSatisfiedStatus: flag(map, 'writesatisfiedstatus', false),
		writeNormalizedMeasure: flag(map, 'writenormalizedmeasure', false),
		readRawScore: flag(map, 'readrawscore', true),
		readMinScore: flag(map, 'readminscore', true),
		readMaxScore: flag(map, 'readmaxscore', true),
		readCompletionStatus: flag(map, 'readcompletionstatus', true),
		readProgressMeasure: flag(map, 'readprogressmeasure', true),
		writeRawScore: flag(map, 'writerawscore', false),
		writeMinScore: flag(map, 'writeminscore', false),
		writeMaxScore: flag(map, 'writemaxscore', false),
		writeCompletionStatus: flag(map, 'writecompletionstatus', false),
		writeProgressMeasure: flag(map, 'writeprogressmeasure', false)
	};
}

function oneOf<T extends string>(choices: readonly T[], value: string | undefined): T | undefined {
	const folded = value?.trim().toLowerCase();
	return choices.find((choice) => choice.toLowerCase() === folded);
}

/** XML Schema's boolean: `true`, `1`, `false`, `0`. */
export function flag(element: Element | undefined, name: string, fallback: boolean): boolean {
	const value = attributeOf(element, name)?.trim().toLowerCase();
	if (value === 'true' || value === '1' || value === 'yes') return true;
	if (value === 'false' || value === '0' || value === 'no') return false;
	return fallback;
}

function timingOf(value: string | undefined): Timing {
	return oneOf(['never', 'once', 'onEachNewAttempt'] as const, value) ?? 'never';
}

/** A decimal number, or the fallback for what is none. */
export function decimal(value: string | undefined, fallback: number): number {
	const text = value?.trim() ?? '';
	return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : fallback;
}

function wholeOrNull(value: string | undefined): number | null {
	return /^\d{1,9}$/.test(value?.trim() ?? '') ? Number(value) : null;
}

import type { indicatorsMessages } from '#lib/i18n/indicators.ts';

/** The parts of a counting rule that are printed. */
export type PrintedRule = Readonly<{
	hybridRule: 'strict' | 'majority_online' | 'all_hybrid';
	guidingDocument: string | null;
	countedKinds: readonly string[];
	countedTopics: readonly string[];
	attendancePercent: number;
}>;

/** The rule in sentences, for the page and for the exported report. */
export function ruleLines(
	rule: PrintedRule,
	t: (typeof indicatorsMessages)['vi'],
	kindNames: Readonly<Record<string, string>>
): string[] {
	const document = rule.guidingDocument ?? '';
	const hybrid = {
		strict: t.rule.strict,
		majority_online: t.rule.majority(document),
		all_hybrid: t.rule.all(document)
	};
	return [
		t.rule.trained(rule.attendancePercent),
		t.rule.roster,
		t.rule.kinds(rule.countedKinds.map((kind) => kindNames[kind] ?? kind).join(', ')),
		t.rule.topics(rule.countedTopics.map((topic) => t.topics[topic] ?? topic).join(', ')),
		hybrid[rule.hybridRule],
		t.rule.rounding,
		t.rule.aggregate
	];
}

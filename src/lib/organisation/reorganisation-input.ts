import * as v from 'valibot';
import { checkbox, day, id, line, optionalDay, optionalLine } from './fields.ts';
import { UnitCode } from './input.ts';
import { REORGANISATION_KINDS, type ReorganisationKind, type ReorganisationPlan } from './reorganisation.ts';
import { SUBUNIT_TYPES } from './words.ts';

/** Units that one unit can be split into on the page. */
export const MAX_TAKERS = 8;

const called = { name: line(200), shortName: optionalLine(80), type: v.picklist(SUBUNIT_TYPES, 'form.choice') };
const existing = v.object({ unitId: id });
const created = v.object({ code: UnitCode, ...called, parentId: id });
/** An existing unit where one is chosen, else the fields of a new one. */
const taker = v.lazy((input) => {
	const isExisting = typeof input === 'object' && input !== null && 'unitId' in input && input.unitId;
	return isExisting ? existing : created;
});
const units = v.pipe(v.array(id), v.minLength(1, 'form.choose_one'), v.maxLength(500, 'form.too_many'));

const PLANS = {
	merger: v.pipe(
		v.object({
			kind: v.literal('merger'),
			sourceIds: units,
			taker,
			renamed: v.optional(v.object({ name: line(200), shortName: optionalLine(80) }))
		}),
		v.forward(
			v.check(
				({ sourceIds, taker }) => !('unitId' in taker && sourceIds.includes(taker.unitId)),
				'organisation.taker_among_sources'
			),
			['taker']
		)
	),
	split: v.object({
		kind: v.literal('split'),
		sourceId: id,
		takers: v.pipe(v.array(taker), v.minLength(1, 'form.choose_one'), v.maxLength(MAX_TAKERS, 'form.too_many')),
		isSourceGoingOn: checkbox,
		people: v.record(id, v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_TAKERS - 1)))
	}),
	renaming: v.object({ kind: v.literal('renaming'), unitId: id, ...called }),
	move: v.object({ kind: v.literal('move'), unitIds: units, parentId: id }),
	closure: v.object({ kind: v.literal('closure'), unitIds: units })
} satisfies Record<ReorganisationKind, v.GenericSchema<unknown, ReorganisationPlan>>;

const common = v.object({ effectiveOn: day, documentNo: optionalLine(60), documentDate: optionalDay });

/** A reorganisation as its page sends it. */
export type ReorganisationInput = v.InferOutput<typeof common> & Readonly<{ plan: ReorganisationPlan }>;

export type ReorganisationForm =
	| Readonly<{ ok: true; data: ReorganisationInput }>
	| Readonly<{ ok: false; issues: Record<string, string>; values: Record<string, string> }>;

/**
 * Reads the posted form. Its fields are named as the plan's parts: `units[]`, `takers.0.code`, `name`, `parentId`,
 * `person.<id>` (the place of a taker, or empty for the main one).
 */
export function readReorganisation(form: FormData, kind: ReorganisationKind): ReorganisationForm {
	const values: Record<string, string> = {};
	for (const [key, value] of form) if (typeof value === 'string') values[key] = value.normalize('NFC').trim();
	const plan = v.safeParse(PLANS[kind], planOf(form, values, kind));
	const rest = v.safeParse(common, values);
	if (plan.success && rest.success) return { ok: true, data: { ...rest.output, plan: plan.output } };
	const issues: Record<string, string> = {};
	for (const issue of [...(plan.issues ?? []), ...(rest.issues ?? [])]) {
		issues[fieldOf(issue, kind, takerRows(values))] ??= /^[a-z_]+\.[a-z_]+$/.test(issue.message)
			? issue.message
			: 'form.invalid';
	}
	return { ok: false, issues, values };
}

/** The kind that the address names. */
export function kindOf(text: string | null): ReorganisationKind | undefined {
	return REORGANISATION_KINDS.find((kind) => kind === text);
}

function planOf(form: FormData, values: Record<string, string>, kind: ReorganisationKind): unknown {
	const units = form.getAll('units[]').filter((value) => typeof value === 'string' && value !== '');
	const { name, shortName, type, parentId } = values;
	const rows = takerRows(values);
	const takers = rows.map((row) => takerIn(values, row));
	switch (kind) {
		case 'merger': {
			const taker = takers[0] ?? {};
			return { kind, sourceIds: units, taker, renamed: 'unitId' in taker && name ? { name, shortName } : undefined };
		}
		case 'split': {
			const places = Object.entries(values).flatMap(([key, row]) => {
				const place = rows.indexOf(Number(row || NaN));
				return key.startsWith('person.') && place >= 0 ? [[key.slice('person.'.length), place] as const] : [];
			});
			const { isSourceGoingOn } = values;
			return { kind, sourceId: units[0], takers, isSourceGoingOn, people: Object.fromEntries(places) };
		}
		case 'renaming':
			return { kind, unitId: units[0], name, shortName, type };
		case 'move':
			return { kind, unitIds: units, parentId };
		case 'closure':
			return { kind, unitIds: units };
	}
}

/** Numbers of the rows of takers that something was typed into. */
function takerRows(values: Record<string, string>): number[] {
	const isFilled = (row: number) => ['unitId', 'code', 'name'].some((field) => values[`takers.${row}.${field}`]);
	return Array.from({ length: MAX_TAKERS }, (_, row) => row).filter(isFilled);
}

function takerIn(values: Record<string, string>, row: number): Record<string, string | undefined> {
	const field = (name: string) => values[`takers.${row}.${name}`];
	const unitId = field('unitId');
	if (unitId) return { unitId };
	const [code, name, shortName, type] = [field('code'), field('name'), field('shortName'), field('type')];
	return { code, name, shortName, type, parentId: field('parentId') };
}

/** The field at which an issue is shown. */
function fieldOf(issue: v.BaseIssue<unknown>, kind: ReorganisationKind, rows: readonly number[]): string {
	const [first = '', ...rest] = (issue.path ?? []).map(({ key }) => String(key));
	if (['sourceIds', 'sourceId', 'unitIds', 'unitId'].includes(first)) return 'units[]';
	if (first === 'taker') return ['takers', rows[0] ?? 0, ...(rest.length > 0 ? rest : ['unitId'])].join('.');
	if (first === 'takers' && rest.length === 0) return 'takers.0.code';
	if (first === 'takers') return ['takers', rows[Number(rest[0])] ?? 0, ...rest.slice(1)].join('.');
	if (first === 'renamed' && kind === 'merger') return rest.join('.');
	return [first, ...rest].join('.');
}

import type { Stage } from '#lib/indicators/period.ts';
import type { OpenPeriodInput } from './input.ts';

/** Days and name of a period. */
type PeriodDays = Readonly<{ name: string; fromOn: string; toOn: string }>;

/** What a kind of period means in days; undefined for a stage that is not one of the plan's. */
export function periodDays(input: OpenPeriodInput, stages: readonly Stage[]): PeriodDays | undefined {
	const { kind, year, name, fromOn, toOn } = input;
	if (kind === 'custom') return { name: name ?? '', fromOn: fromOn ?? '', toOn: toOn ?? '' };
	if (kind === 'stage') {
		const stage = stages.find(({ code }) => code === input.stage);
		return stage && { name: name ?? `Giai đoạn ${stage.code}`, fromOn: stage.startsOn, toOn: stage.endsOn };
	}
	const first = kind === 'second_half' ? `${year}-07-01` : `${year}-01-01`;
	const last = kind === 'first_half' ? `${year}-06-30` : `${year}-12-31`;
	const given = { first_half: `6 tháng đầu năm ${year}`, second_half: `6 tháng cuối năm ${year}`, year: `Năm ${year}` };
	return { name: name ?? given[kind], fromOn: first, toOn: last };
}

/**
 * Classical item analysis. One attempt a person; shares and totals run from 0 to 1.
 * Sources: facility and the upper–lower index after Kelley, "The selection of upper and lower groups for the validation of
 * test items", J. Educ. Psychology 30 (1939); corrected point-biserial correlation after Guilford, "Psychometric Methods"
 * (1954), ch. 15; KR-20 after Kuder and Richardson, Psychometrika 2 (1937), of which alpha (Cronbach, Psychometrika 16, 1951)
 * is the form for partial credit; thresholds after Ebel and Frisbie, "Essentials of Educational Measurement" (5th ed., 1991).
 */

/** What one person did with one question. */
type Response = Readonly<{
	/** The question, or `question/part` of a scenario. */
	key: string;
	marks: number;
	/** Of the marks, 0 to 1. */
	share: number;
	/** Ids of the options chosen, of questions that have some. */
	chosen: readonly string[];
	/** Seconds since the answer before, where known. */
	seconds: number | null;
}>;
export type Sheet = readonly Response[];

/** How often an option was chosen, of all, and of the best and weakest 27%. */
type OptionCount = Readonly<{ id: string; all: number; upper: number; lower: number }>;

export type ItemStatistics = Readonly<{
	key: string;
	answers: number;
	/** Mean share of the marks. */
	facility: number;
	/** Corrected point-biserial, −1 to 1; null where either side does not vary. */
	discrimination: number | null;
	/** Mean share of the upper 27% less that of the lower 27%; null under ten answers. */
	upperLower: number | null;
	options: readonly OptionCount[];
	medianS: number | null;
}>;

/** Below this many answers figures say little and no judgement is made. */
const FEW = 10;
const GROUP_SHARE = 0.27;

/** Statistics of every question, in the order in which they are first met. */
export function analyseItems(sheets: readonly Sheet[]): ItemStatistics[] {
	const byKey = new Map<string, { response: Response; rest: number; total: number }[]>();
	for (const sheet of sheets) {
		const most = sum(sheet.map(({ marks }) => marks));
		const reached = sum(sheet.map(({ marks, share }) => marks * share));
		for (const response of sheet) {
			const rest = most - response.marks;
			const list = byKey.get(response.key) ?? [];
			byKey.set(response.key, list);
			list.push({
				response,
				rest: rest > 0 ? (reached - response.marks * response.share) / rest : 0,
				total: most > 0 ? reached / most : 0
			});
		}
	}
	return [...byKey].map(([key, rows]) => {
		const sorted = rows.toSorted((a, b) => b.total - a.total).map(({ response }) => response);
		const group = Math.max(1, Math.round(sorted.length * GROUP_SHARE));
		const [upper, lower] = [sorted.slice(0, group), sorted.slice(-group)];
		const meanShare = (list: readonly Response[]) => mean(list.map(({ share }) => share));
		const isEnough = rows.length >= FEW;
		return {
			key,
			answers: rows.length,
			facility: meanShare(sorted),
			discrimination: correlation(
				rows.map(({ response }) => response.share),
				rows.map(({ rest }) => rest)
			),
			upperLower: isEnough ? meanShare(upper) - meanShare(lower) : null,
			options: countOptions(sorted, upper, lower),
			medianS: median(sorted.flatMap(({ seconds }) => (seconds === null ? [] : [seconds])))
		};
	});
}

function countOptions(all: readonly Response[], upper: readonly Response[], lower: readonly Response[]): OptionCount[] {
	const ids = new Set(all.flatMap(({ chosen }) => chosen));
	const count = (list: readonly Response[], id: string) => list.filter(({ chosen }) => chosen.includes(id)).length;
	return [...ids].map((id) => ({ id, all: count(all, id), upper: count(upper, id), lower: count(lower, id) }));
}

/** Of the paper as a whole. `alpha` and what follows from it need the same questions in every attempt. */
export type PaperStatistics = Readonly<{
	sheets: number;
	/** Percent of the marks. */
	meanPercent: number | null;
	sdPercent: number | null;
	/** Cronbach's alpha, which is KR-20 where answers are right or wrong. */
	alpha: number | null;
	/** Standard error of measurement, percent: sd × √(1 − alpha). */
	errorPercent: number | null;
}>;

export function analysePaper(sheets: readonly Sheet[]): PaperStatistics {
	if (sheets.length === 0) return { sheets: 0, meanPercent: null, sdPercent: null, alpha: null, errorPercent: null };
	const percents = sheets.map((sheet) => {
		const most = sum(sheet.map(({ marks }) => marks));
		return most > 0 ? (sum(sheet.map(({ marks, share }) => marks * share)) / most) * 100 : 0;
	});
	const sdPercent = Math.sqrt(variance(percents));
	const alpha = alphaOf(sheets);
	return {
		sheets: sheets.length,
		meanPercent: mean(percents),
		sdPercent,
		alpha,
		errorPercent: alpha === null ? null : sdPercent * Math.sqrt(1 - Math.max(0, alpha))
	};
}

/** k/(k − 1) × (1 − Σ item variances / variance of the totals), all as population variances. */
function alphaOf(sheets: readonly Sheet[]): number | null {
	const keys = sheets[0]!.map(({ key }) => key).toSorted();
	const isSame = sheets.every((sheet) => String(sheet.map(({ key }) => key).toSorted()) === String(keys));
	if (!isSame || keys.length < 2 || sheets.length < 2) return null;
	const scored = (sheet: Sheet, key: string) => {
		const response = sheet.find((each) => each.key === key)!;
		return response.marks * response.share;
	};
	const total = variance(sheets.map((sheet) => sum(keys.map((key) => scored(sheet, key)))));
	if (total === 0) return null;
	const items = sum(keys.map((key) => variance(sheets.map((sheet) => scored(sheet, key)))));
	return (keys.length / (keys.length - 1)) * (1 - items / total);
}

/** What stands out about a question, for its author. `option` is the option meant. */
export type Remark = Readonly<{
	code: 'few' | 'too_easy' | 'too_hard' | 'negative' | 'weak' | 'unchosen' | 'misleading' | 'good';
	option?: string;
}>;

/**
 * Remarks in the order of their weight.
 * @param options ids of all options, with those that are right; empty where there are none to choose
 */
export function remarksOn(
	item: ItemStatistics,
	options: readonly Readonly<{ id: string; isRight: boolean }>[]
): Remark[] {
	if (item.answers < FEW) return [{ code: 'few' }];
	const remarks: Remark[] = [];
	const r = item.discrimination;
	if (r !== null && r < 0) remarks.push({ code: 'negative' });
	if (item.facility > 0.9) remarks.push({ code: 'too_easy' });
	if (item.facility < 0.3) remarks.push({ code: 'too_hard' });
	if (r !== null && r >= 0 && r < 0.2 && item.facility <= 0.9) remarks.push({ code: 'weak' });
	for (const { id, isRight } of options) {
		const count = item.options.find((each) => each.id === id) ?? { all: 0, upper: 0, lower: 0 };
		if (isRight) continue;
		if (count.upper > count.lower) remarks.push({ code: 'misleading', option: id });
		else if (count.all === 0) remarks.push({ code: 'unchosen', option: id });
	}
	return remarks.length > 0 ? remarks : [{ code: 'good' }];
}

const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);
const mean = (list: readonly number[]): number => (list.length === 0 ? 0 : sum(list) / list.length);

function variance(list: readonly number[]): number {
	const middle = mean(list);
	return mean(list.map((value) => (value - middle) ** 2));
}

function median(list: readonly number[]): number | null {
	if (list.length === 0) return null;
	const sorted = list.toSorted((a, b) => a - b);
	const half = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Pearson's r; with a right-or-wrong side that is the point-biserial. Null where a side does not vary. */
function correlation(a: readonly number[], b: readonly number[]): number | null {
	const [va, vb] = [variance(a), variance(b)];
	if (a.length < 2 || va === 0 || vb === 0) return null;
	const [ma, mb] = [mean(a), mean(b)];
	return mean(a.map((value, i) => (value - ma) * (b[i]! - mb))) / Math.sqrt(va * vb);
}

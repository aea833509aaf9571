import type { Share, Threshold } from './share.ts';

/**
 * People still to be trained until the target is met, the roster staying as it is: 640 of 1.000 against "trên 80%" are 161.
 * @returns 0 when it is met or there is nobody; undefined when no number of people can meet it (more than 100%)
 */
export function missingPeople({ part, whole }: Share, { comparison, percent }: Threshold): number | undefined {
	if (whole === 0) return 0;
	const product = whole * percent;
	const needed = comparison === 'above' ? Math.floor(product / 100) + 1 : Math.ceil(product / 100);
	if (needed > whole) return undefined;
	return Math.max(0, needed - part);
}

/**
 * Online classes still to be held until the target is met, no other class being held: each adds one to both sides.
 * 28 of 40 against "trên 75%" are 9, since 8 more give exactly 75,00%.
 * @returns 0 when it is met or nothing was held; undefined when no number of classes can meet it (100% and one was not online)
 */
export function missingOnlineActivities(
	{ part, whole }: Share,
	{ comparison, percent }: Threshold
): number | undefined {
	if (whole === 0) return 0;
	const gap = whole * percent - part * 100; // (part + k) · 100 against (whole + k) · percent
	const isMet = comparison === 'above' ? gap < 0 : gap <= 0;
	if (isMet) return 0;
	const gain = 100 - percent;
	if (gain <= 0) return undefined;
	return comparison === 'above' ? Math.floor(gap / gain) + 1 : Math.ceil(gap / gain);
}

import * as v from 'valibot';
import type { Quality } from './quality.ts';

const KEY = 'player';
export const CAPTION_SIZES = ['normal', 'large', 'huge'] as const;
export type CaptionSize = (typeof CAPTION_SIZES)[number];

const Choices = v.object({
	rate: v.optional(v.pipe(v.number(), v.minValue(0.75), v.maxValue(2))),
	quality: v.optional(v.picklist(['auto', 'saver', 'audio'] satisfies Quality[])),
	/** Language of the captions, or `off`. */
	captions: v.optional(v.pipe(v.string(), v.maxLength(20))),
	captionSize: v.optional(v.picklist(CAPTION_SIZES))
});

/** What a person chose in the player last time on this device; a fixed height belongs to one lecture and is not kept. */
export type Choices = v.InferOutput<typeof Choices>;

/** The choices kept in this browser. The data saver is on from the start where the browser itself saves data. */
export function readChoices(): Choices {
	const saver = 'connection' in navigator && (navigator.connection as { saveData?: boolean } | undefined)?.saveData;
	const usual: Choices = saver ? { quality: 'saver' } : {};
	try {
		const kept = v.safeParse(Choices, JSON.parse(localStorage.getItem(KEY) ?? '{}'));
		return kept.success ? { ...usual, ...kept.output } : usual;
	} catch {
		return usual;
	}
}

/** Keeps choices for the next lecture; a browser without storage just forgets them. */
export function keepChoices({ quality, ...others }: Omit<Choices, 'quality'> & { quality: Quality }): void {
	const kept = quality === 'auto' || quality === 'saver' || quality === 'audio' ? { ...others, quality } : others;
	try {
		localStorage.setItem(KEY, JSON.stringify(kept));
	} catch {
		// private mode: nothing to do
	}
}

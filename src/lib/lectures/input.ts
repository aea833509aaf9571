import * as v from 'valibot';
import { CAPTION_LANGUAGES } from '../i18n/captions.ts';
import { tidy } from '../text/fold.ts';
import { MAX_CUE_CHARS, MAX_CUES } from './cues.ts';

const language = v.pipe(
	v.string('form.choice'),
	v.check((tag) => Object.hasOwn(CAPTION_LANGUAGES, tag), 'form.choice')
);
const MAX_FILE_BYTES = 2_000_000;

export const CaptionLanguageInput = v.object({ language });

const GIGABYTE = 1024 ** 3;
/** Room for lectures in GB as people type it, `12,5`; empty is without a limit. Gives bytes or null. */
export const QuotaInput = v.object({
	gigabytes: v.pipe(
		v.optional(v.string(), ''),
		v.transform((typed) => typed.trim().replace(',', '.')),
		v.check((typed) => typed === '' || (/^\d{1,6}(\.\d{1,3})?$/.test(typed) && Number(typed) > 0), 'unit.quota_number'),
		v.transform((typed) => (typed === '' ? null : Math.round(Number(typed) * GIGABYTE)))
	)
});

/** Whether learners may take the sound away, as a tick box sends it. */
export const SoundInput = v.object({
	isAllowed: v.pipe(
		v.optional(v.string(), ''),
		v.transform((ticked) => ticked === 'on')
	)
});

/** A caption file chosen in a plain form. */
export const CaptionFileInput = v.object({
	language,
	file: v.pipe(
		v.instance(File, 'form.file_required'),
		v.check((file) => file.size > 0, 'form.file_required'),
		v.maxSize(MAX_FILE_BYTES, 'captions.too_large')
	)
});

export const CaptionStateInput = v.object({ language, state: v.picklist(['draft', 'published'], 'form.choice') });

export const ChaptersInput = v.object({ chapters: v.pipe(v.string(), v.maxLength(20_000, 'form.too_long')) });

const MAX_MS = 24 * 60 * 60 * 1000;
const ms = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_MS));
const cue = v.pipe(
	v.object({
		startMs: ms,
		endMs: ms,
		text: v.pipe(
			v.string(),
			v.transform((text) => text.split('\n').map(tidy).filter(Boolean).join('\n')),
			v.minLength(1),
			v.maxLength(MAX_CUE_CHARS)
		)
	}),
	v.check(({ startMs, endMs }) => endMs > startMs)
);

/** All lines of one language as the editor leaves them: JSON of cues, and the version it began from. */
export const CuesInput = v.object({
	lockVersion: v.pipe(v.string('form.stale'), v.regex(/^\d{1,9}$/, 'form.stale'), v.transform(Number)),
	cues: v.pipe(
		v.string('form.required'),
		v.maxLength(6_000_000, 'captions.too_large'),
		v.parseJson(undefined, 'form.invalid'),
		v.array(cue, 'form.invalid'),
		v.maxLength(MAX_CUES, 'captions.too_many')
	)
});
export type CuesInput = v.InferOutput<typeof CuesInput>;

/** The captions of a media element, however they came to it: by hls.js or by the browser's own HLS. */
const captionTracks = (media: HTMLMediaElement) =>
	[...media.textTracks].filter(({ kind }) => kind === 'subtitles' || kind === 'captions');

/** Language of the captions that show now, or `off`. */
function shownLanguage(media: HTMLMediaElement): string {
	return captionTracks(media).find(({ mode }) => mode === 'showing')?.language ?? 'off';
}

/** Shows the captions of one language and no others; `off` shows none. */
export function showCaptions(media: HTMLMediaElement, language: string): void {
	for (const track of captionTracks(media)) {
		const mode = track.language === language ? 'showing' : 'disabled';
		if (track.mode !== mode) track.mode = mode;
	}
}

/**
 * Keeps the wanted captions showing whenever a stream brings its tracks anew, and tells what somebody chose by key or by
 * the button in the picture.
 * @param wanted language asked for now, or `off`
 */
export function followCaptions(
	media: HTMLMediaElement,
	{ wanted, onchange, signal }: { wanted: () => string; onchange: (language: string) => void; signal: AbortSignal }
): void {
	let isApplying = false;
	const apply = () => {
		isApplying = true;
		showCaptions(media, wanted());
		// The change events of our own doing come in later tasks.
		setTimeout(() => (isApplying = false), 200);
	};
	media.textTracks.addEventListener('addtrack', apply, { signal });
	media.textTracks.addEventListener(
		'change',
		() => {
			const shown = shownLanguage(media);
			if (captionTracks(media).length === 0 || shown === wanted()) return;
			if (isApplying) return apply();
			onchange(shown);
		},
		{ signal }
	);
}

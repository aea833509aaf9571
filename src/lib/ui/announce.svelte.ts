/** What the page says aloud and shows for a moment; one at a time, the newest wins. */
const state = $state({ text: '', count: 0 });

/** Shows a short message at the foot of the page and reads it to a screen reader, e.g. "Đã sao chép." */
export function announce(text: string): void {
	state.text = text;
	state.count += 1;
}

/** The message now shown; `count` changes even when the same words are said again. */
export function announced(): Readonly<{ text: string; count: number }> {
	return state;
}

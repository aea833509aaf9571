const LOOK_EVERY_MS = 15_000;

/**
 * Waits until a master playlist is another one than now: hls.js does not read it again by itself. Looks only while the page
 * is visible; a lost answer costs one look.
 * @throws the signal's reason
 */
export async function whenGrown(masterUrl: string, signal: AbortSignal): Promise<void> {
	const read = async () => {
		const answer = await fetch(masterUrl, { signal }).catch(() => undefined);
		return answer?.ok ? answer.text() : undefined;
	};
	let before = await read();
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
		signal.throwIfAborted();
		if (document.hidden) continue;
		const now = await read();
		if (before !== undefined && now !== undefined && now !== before) return;
		before ??= now;
	}
}

/**
 * Signed addresses of media end after a quarter of an hour (lectures/playlists.ts), sooner than a lecture does. All
 * segments of a playlist are byte ranges of one file, so a fresh copy of the playlist gives the new address for all.
 */
export const FRESH_FOR_MS = 10 * 60 * 1000;

/** The media address in a playlist, resolved against the playlist's own; undefined when it lists none. */
export function mediaAddress(playlistText: string, playlistUrl: string): string | undefined {
	const line = playlistText.split(/\r?\n/).find((each) => each.trim() !== '' && !each.startsWith('#'));
	return line && new URL(line.trim(), playlistUrl).href;
}

/**
 * Keeps the media address of each playlist fresh.
 * @param read fetches a playlist's text
 * @param now milliseconds of a monotonic clock
 */
export function freshAddresses(read: (playlistUrl: string) => Promise<string>, now: () => number) {
	const known = new Map<string, { address: string | Promise<string | undefined>; readAt: number }>();

	return {
		/** Notes that a playlist was just read. */
		seen(playlistUrl: string, address: string): void {
			known.set(playlistUrl, { address, readAt: now() });
		},
		/** Forgets all: the next request reads its playlist again (an address was refused). */
		expire(): void {
			for (const entry of known.values()) entry.readAt = -Infinity;
		},
		/**
		 * The address to use now for a request that was made out to `address`; the same one when there is no newer, or when
		 * its playlist was not heard of before: it has just been read then. A promise only where it must be read again,
		 * since hls.js counts on a first segment not overtaking its initialisation segment.
		 */
		freshen(playlistUrl: string, address: string): string | Promise<string> {
			let entry = known.get(playlistUrl);
			if (!entry) {
				entry = { address, readAt: now() };
				known.set(playlistUrl, entry);
			} else if (now() - entry.readAt > FRESH_FOR_MS) {
				const reading = read(playlistUrl).then((text) => mediaAddress(text, playlistUrl));
				entry = { address: reading.catch(() => undefined), readAt: now() };
				known.set(playlistUrl, entry);
			}
			const newest = entry.address;
			return typeof newest === 'string' ? newest : newest.then((fresh) => fresh ?? address);
		}
	};
}

import * as v from 'valibot';
import { Heartbeat } from '#lib/learning/heartbeat.ts';

/** Seconds after which an entry that nobody touched belongs to a tab that is gone. */
const ABANDONED_AFTER_MS = 30_000;
/** The server pays for at most twelve hours without a network; what is older is worth nothing. */
const WORTHLESS_AFTER_MS = 24 * 60 * 60 * 1000;
const PREFIX = 'unsent-beat:';

const Entry = v.object({ url: v.string(), touchedAt: v.number(), beat: Heartbeat });

/** A beat that the server has not answered, and where it goes. */
export type Unsent = Readonly<{ url: string; beat: Heartbeat }>;

/**
 * Beats the server has not answered, kept on the device by playback, so that a closed tab or a lost network costs nothing.
 * A browser without storage (private mode, full) just forgets them.
 */
export function unsentBeats(storage: Storage | undefined, now: () => number = Date.now) {
	return {
		keep({ url, beat }: Unsent): void {
			try {
				storage?.setItem(PREFIX + beat.playbackId, JSON.stringify({ url, beat, touchedAt: now() }));
			} catch {
				// full or forbidden: the beat stays in memory for as long as the page is open
			}
		},
		forget(playbackId: string): void {
			storage?.removeItem(PREFIX + playbackId);
		},
		/** Beats of playbacks whose page is gone; a page that is open elsewhere touches its own every few seconds. */
		abandoned(): Unsent[] {
			const found: Unsent[] = [];
			for (const key of Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX))) {
				const entry = read(storage?.getItem(key));
				const age = entry && now() - entry.touchedAt;
				if (age === undefined || age > WORTHLESS_AFTER_MS) storage?.removeItem(key);
				else if (entry && age > ABANDONED_AFTER_MS) found.push({ url: entry.url, beat: entry.beat });
			}
			return found;
		}
	};
}

function read(text: string | null | undefined): v.InferOutput<typeof Entry> | undefined {
	try {
		const parsed = v.safeParse(Entry, JSON.parse(text ?? ''));
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}

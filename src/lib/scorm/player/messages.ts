import type { Opened, TocLine } from '../runtime/protocol.ts';
import type { Standing } from '../runtime/status.ts';
import type { Choices } from './sequencer.ts';
import type { SaveState } from './transport.ts';

/** What the player tells the lesson's page; both check origin, window and shape. */
export type FromPlayer =
	| Readonly<{
			kind: 'opened';
			item: string;
			title: string;
			toc: readonly TocLine[];
			hideLmsUi: Opened['hideLmsUi'];
			isKept: boolean;
	  }>
	| Readonly<{ kind: 'saving'; state: SaveState }>
	/** The attempt has come to more, or the item has. */
	| Readonly<{ kind: 'progress'; item: string; standing?: Standing; attempt?: Standing }>
	/** Packages with sequencing of their own: what may be asked for now. */
	| Readonly<{ kind: 'choices'; choices: Choices }>
	/** Their way through has ended, or leads nowhere by itself. */
	| Readonly<{ kind: 'ended' }>
	/** Content has ended its session by itself. */
	| Readonly<{ kind: 'finished' }>
	/** All is saved and the launch is over; `isSaved` false when something could not be sent. */
	| Readonly<{ kind: 'closed'; isSaved: boolean }>
	| Readonly<{ kind: 'time_up'; isClosing: boolean }>
	/** Left over from an earlier launch and not to be saved any more, since newer work was. */
	| Readonly<{ kind: 'left_lost' }>
	| Readonly<{ kind: 'failed'; code: string }>;

/** What the lesson's page asks of the player. */
export type ToPlayer =
	| Readonly<{ kind: 'open'; item: string }>
	| Readonly<{ kind: 'continue' }>
	| Readonly<{ kind: 'previous' }>
	| Readonly<{ kind: 'close' }>;

const MARK = 'buc-giang-scorm';

export const mark = (message: FromPlayer | ToPlayer) => ({ mark: MARK, message });

/** The message inside an event from that window and origin; undefined for anything else that happens to arrive. */
export function messageFrom<M extends FromPlayer | ToPlayer>(
	event: Pick<MessageEvent, 'data' | 'origin' | 'source'>,
	from: Readonly<{ window: unknown; origin: string }>
): M | undefined {
	if (event.source !== from.window || (from.origin !== '*' && event.origin !== from.origin)) return undefined;
	const data = event.data as { mark?: unknown; message?: { kind?: unknown } } | null;
	return data?.mark === MARK && typeof data.message?.kind === 'string' ? (data.message as M) : undefined;
}

import * as v from 'valibot';
import { MarksInput, type Mark } from './attendance-input.ts';

/**
 * Notes about one sitting that the server has not answered, kept on the device: ids, minutes and times only, no names. A
 * browser without storage (private mode, full) keeps them for as long as the page is open.
 */
export function unsentMarks(storage: Storage | undefined, sessionId: string) {
	const key = `unsent-marks:${sessionId}`;
	let kept = new Map(read(storage?.getItem(key)).map((mark) => [mark.participationId, mark]));
	const save = () => {
		try {
			if (kept.size === 0) storage?.removeItem(key);
			else storage?.setItem(key, JSON.stringify({ marks: [...kept.values()] }));
		} catch {
			// full or forbidden: the notes stay in memory
		}
	};
	return {
		all: (): Mark[] => [...kept.values()],
		keep(mark: Mark): void {
			kept.set(mark.participationId, mark);
			save();
		},
		/** Forgets what was answered; a note made while the answer was under way stays. */
		forget(sent: readonly Mark[]): void {
			const isSent = (mark: Mark) =>
				sent.some(
					({ participationId, markedAt }) => participationId === mark.participationId && markedAt === mark.markedAt
				);
			kept = new Map([...kept].filter(([, mark]) => !isSent(mark)));
			save();
		}
	};
}

function read(text: string | null | undefined): Mark[] {
	try {
		const parsed = v.safeParse(MarksInput, JSON.parse(text ?? ''));
		return parsed.success ? parsed.output.marks : [];
	} catch {
		return [];
	}
}

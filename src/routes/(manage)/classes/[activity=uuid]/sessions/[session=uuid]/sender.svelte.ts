import type { Mark } from '#lib/training/attendance-input.ts';
import type { unsentMarks } from '#lib/training/unsent-marks.ts';

type Kept = ReturnType<typeof unsentMarks>;

/** Taps within this time go in one request. */
const GATHER_MS = 500;
const RETRY_MS = 15_000;

/** Sends notes as they are made, again and again until they are answered; what a rule refuses is said and not repeated. */
export function sender(url: () => string) {
	let kept: Kept | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isBusy = false;
	let waiting = $state(0);
	let isOffline = $state(false);
	let hasSent = $state(false);
	let refusal = $state<string>();

	async function send(): Promise<void> {
		const marks = kept?.all() ?? [];
		if (!kept || isBusy || marks.length === 0) return;
		isBusy = true;
		try {
			const answer = await fetch(url(), {
				method: 'POST',
				headers: { 'content-type': 'application/json', accept: 'application/json' },
				body: JSON.stringify({ marks })
			});
			if (answer.status >= 500) throw new Error('the server is busy');
			isOffline = false;
			refusal = undefined;
			if (answer.ok) {
				kept.forget(marks);
				hasSent = true;
			} else {
				refusal = String(((await answer.json().catch(() => ({}))) as { code?: string }).code ?? 'form.invalid');
				// Without a session the notes wait for the next sign-in; what breaks a rule would break it again.
				if (answer.status !== 401) kept.forget(marks);
			}
		} catch {
			isOffline = true;
		} finally {
			isBusy = false;
			waiting = kept.all().length;
			if (waiting > 0 && refusal === undefined) plan(isOffline ? RETRY_MS : GATHER_MS);
		}
	}

	function plan(delayMs: number): void {
		clearTimeout(timer);
		timer = setTimeout(() => void send(), delayMs);
	}

	return {
		get waiting() {
			return waiting;
		},
		get isOffline() {
			return isOffline;
		},
		get hasSent() {
			return hasSent;
		},
		get refusal() {
			return refusal;
		},
		add(mark: Mark): void {
			kept?.keep(mark);
			waiting = kept?.all().length ?? 0;
			plan(GATHER_MS);
		},
		/** Begins with what an earlier page left behind. @returns stops */
		start(of: Kept): () => void {
			kept = of;
			waiting = of.all().length;
			const resume = () => plan(0);
			window.addEventListener('online', resume);
			if (waiting > 0) plan(0);
			return () => {
				window.removeEventListener('online', resume);
				clearTimeout(timer);
			};
		}
	};
}

/** What a closing window is told, in this order. */
const FAREWELLS = ['beforeunload', 'pagehide', 'unload'];

/**
 * Windows that content opens beside itself. Some courses run in one and report only when it closes; their run-time is here
 * and ends with this page, so they are told before it does.
 */
export function watchWindows() {
	const opened = new Set<Window>();
	const watched = new WeakSet<Window['open']>();

	/** Notes what this window and those within it open from now on. */
	function watch(win: Window | null): void {
		quietly(() => {
			if (!win) return;
			if (!watched.has(win.open)) {
				const open = win.open.bind(win);
				win.open = (...words) => {
					const next = open(...words);
					if (next) opened.add(next);
					watch(next);
					return next;
				};
				watched.add(win.open);
			}
			for (let i = 0; i < win.length; i++) watch(win[i]!);
		});
	}

	/** Lets content in other windows say goodbye while its run-time still answers, and closes them. */
	function close(): void {
		for (const win of opened) {
			if (!win.closed) bidFarewell(win);
			win.close();
		}
		opened.clear();
	}

	return { watch, close };
}

function bidFarewell(win: Window): void {
	quietly(() => {
		for (let i = 0; i < win.length; i++) bidFarewell(win[i]!);
		for (const name of FAREWELLS) win.dispatchEvent(new Event(name, { cancelable: true }));
	});
}

/** Windows of other origins let nothing be read or told. */
function quietly(work: () => void): void {
	try {
		work();
	} catch {
		// not ours to touch
	}
}

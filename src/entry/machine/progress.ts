/** Names a step in both languages, runs it, and says how long it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
	const startedAt = performance.now();
	process.stdout.write(`→ ${name}\n`);
	const result = await work();
	process.stdout.write(`✓ ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`);
	return result;
}

/** A line for the person at the terminal. */
export function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

/** Something only the person at the terminal can put right: shown as a sentence, without a stack. */
export class StartError extends Error {
	constructor(vietnamese: string, english: string, options?: ErrorOptions) {
		super(`${vietnamese}\n  ${english}`, options);
		this.name = 'StartError';
	}
}

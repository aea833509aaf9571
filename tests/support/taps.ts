import type { Locator } from '@playwright/test';

/** Counts what a person does with hands: each tap and each field typed into. */
export function countTaps() {
	let count = 0;
	return {
		get count() {
			return count;
		},
		/** Presses a button, a link or a box. */
		async tap(target: Locator): Promise<void> {
			count++;
			await target.click();
		},
		/** Taps into a field and types. */
		async type(target: Locator, text: string): Promise<void> {
			count++;
			await target.fill(text);
		},
		/** Opens the file chooser and picks. */
		async attach(target: Locator, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
			count += 2;
			await target.setInputFiles(file);
		}
	};
}

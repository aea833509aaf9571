import fs from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './installation.ts';

/** Tables that a set leaves out: nobody should find a session open again that was ended since, or a wait to sit out. */
export const NOT_KEPT: readonly string[] = ['session', 'sign_in_failure'];

/** Tables that are empty until somebody works with the product. */
export const WORKED_IN: readonly string[] = ['account', 'person', 'unit'];

/** Version of the product, from package.json. */
export async function productVersion(): Promise<string> {
	const text = await fs.readFile(path.join(ROOT, 'package.json'), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}

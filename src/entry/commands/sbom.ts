import fs from 'node:fs/promises';
import path from 'node:path';
import { type Command, UsageError } from '../command.ts';
import { makeSbom } from '../machine/sbom.ts';

/** For whoever checks a system's parts against lists of known faults. */
export const command: Command = {
	summary: 'Danh mục thành phần phần mềm (SBOM, CycloneDX) / Software bill of materials',
	usage: 'FILE.json',
	async run({ positionals: [file] }) {
		if (!file?.endsWith('.json')) throw new UsageError('FILE.json');
		const bom = await makeSbom();
		const made = path.resolve(file);
		await fs.writeFile(made, `${JSON.stringify(bom, null, '\t')}\n`);
		return { text: `✓ ${made} (${bom.components.length})`, data: { file: made, components: bom.components.length } };
	}
};

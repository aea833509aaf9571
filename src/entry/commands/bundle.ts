import path from 'node:path';
import { type Command, UsageError } from '../command.ts';
import { build, isBuilt, sourcesDigest } from '../machine/build.ts';
import { packBundle } from '../machine/bundle.ts';
import { ROOT } from '../machine/installation.ts';
import { productVersion } from '../machine/product.ts';

/** For a closed network: made where there is one, carried over, unpacked and started. */
export const command: Command = {
	summary: 'Đóng gói để cài trên máy không có mạng / Pack everything for a machine without a network',
	usage: 'FILE.tar.gz',
	details: [
		'Máy đích: cùng loại bộ xử lý, Node 20 trở lên, ffmpeg; xem docs/ops/README.md.',
		'The other machine: same kind of processor, Node 20 or later, ffmpeg; see docs/ops/README.md.'
	],
	async run({ positionals: [file], note }) {
		if (!file?.endsWith('.tar.gz')) throw new UsageError('FILE.tar.gz');
		const digest = await sourcesDigest();
		if (!(await isBuilt(digest))) {
			note('→ Dựng giao diện / Build');
			await build(digest);
		}
		note('→ Đóng gói, mất 1–2 phút / Packing, 1–2 minutes');
		const name = `buc-giang-${await productVersion()}`;
		const made = path.resolve(file);
		const { sizeBytes, sha256 } = await packBundle(ROOT, made, name);
		return {
			text: [
				`✓ ${made} (${Math.round(sizeBytes / 1e6)} MB)`,
				`  Kiểm tra / Check: sha256sum -c ${path.basename(made)}.sha256`,
				`  Máy đích / There: tar xzf ${path.basename(made)} && cd ${name} && npm start`
			].join('\n'),
			data: { file: made, sizeBytes, sha256, folder: name }
		};
	}
};

import path from 'node:path';
import { pruneSets } from '#lib/server/platform/backup/make.ts';
import { type Command, UsageError } from '../command.ts';
import { backUp } from '../machine/back-up.ts';

/** A dated set of everything the product keeps, made while it runs. */
export const command: Command = {
	summary: 'Sao lưu cơ sở dữ liệu và kho tệp / Back up database and objects',
	usage: 'DIR [--keep N] [--without-objects]',
	details: [
		'DIR                nơi chứa các bản sao lưu; mỗi lần chạy tạo một thư mục con / where dated sets are made',
		'--keep N           chỉ giữ N bản mới nhất / keeps only the N newest sets',
		'--without-objects  không chép kho tệp (kho S3 đã có bản sao riêng) / database only; S3 has a copy of its own',
		'Khóa SECRET_KEY không nằm trong bản sao lưu: cất riêng. / SECRET_KEY is not in the set: keep it apart.'
	],
	options: { keep: { type: 'string' }, 'without-objects': { type: 'boolean' } },
	async run({ values, positionals, bare, note }) {
		const [dir] = positionals;
		if (!dir) throw new UsageError('DIR');
		const keep = values.keep === undefined ? undefined : Number(values.keep);
		if (keep !== undefined && !(Number.isInteger(keep) && keep > 0)) throw new UsageError('--keep N (N ≥ 1)');
		const folder = path.resolve(dir);
		const { set, manifest, rows, lines } = await backUp(await bare(), folder, {
			withObjects: !values['without-objects'],
			note
		});
		const removed = keep ? await pruneSets(folder, keep) : 0;
		const { jobs, objects, missingObjects } = manifest;
		return {
			text: [...lines, ...(removed ? [`  đã xóa ${removed} bản cũ / old sets removed`] : [])].join('\n'),
			data: { set, rows, jobs, objects, missing: missingObjects, removed }
		};
	}
};

import path from 'node:path';
import { refuseWhileRunning } from '#lib/server/platform/backup/restore.ts';
import { openDatabase } from '#lib/server/platform/database.ts';
import { compareMigrations } from '#lib/server/platform/migrations.ts';
import { type Command, UsageError } from '../command.ts';
import { backUp } from '../machine/back-up.ts';
import { productVersion } from '../machine/product.ts';
import { systemEvent } from '../machine/system-event.ts';
import { prepare } from '../prepare.ts';

/** After the new version's files are in place and before it is started: a set first, then the structure. */
export const command: Command = {
	summary: 'Sao lưu rồi nâng cấp cấu trúc dữ liệu / Back up, then bring the data to this version’s structure',
	usage: '(--backup DIR | --no-backup) [--without-objects]',
	details: [
		'Dừng hệ thống trước khi chạy. / Stop the product first.',
		'--backup DIR  tạo bản sao lưu trong DIR trước khi nâng cấp / makes a set in DIR first',
		'--no-backup   không sao lưu, khi đã có bản sao khác / without one, where there is another copy'
	],
	options: { backup: { type: 'string' }, 'no-backup': { type: 'boolean' }, 'without-objects': { type: 'boolean' } },
	async run({ values, bare, note }) {
		const dir = typeof values.backup === 'string' ? path.resolve(values.backup) : undefined;
		if (!dir === !values['no-backup']) throw new UsageError('--backup DIR / --no-backup');
		const config = await bare();
		const database = openDatabase(config.databaseUrl, { max: 1, applicationName: 'upgrade' });
		try {
			const { pending } = await compareMigrations(database.sql);
			await refuseWhileRunning(database.sql);
			const made = dir && (await backUp(config, dir, { withObjects: !values['without-objects'], note }));
			await prepare(config);
			const version = await productVersion();
			await systemEvent(database.db, 'system.upgraded', { version, migrations: pending });
			const did = pending
				? `✓ ${pending} bước nâng cấp cấu trúc / migrations applied`
				: '✓ Cấu trúc đã là mới nhất / The structure is up to date';
			return {
				text: [...(made ? made.lines : []), `${did} (${version})`].join('\n'),
				data: { version, migrations: pending, set: made ? made.set : null }
			};
		} finally {
			await database.close();
		}
	}
};

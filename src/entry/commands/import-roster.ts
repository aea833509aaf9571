import fs from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '#lib/i18n/errors.ts';
import { rowSentence } from '#lib/i18n/roster-import.ts';
import { runRosterImport } from '#lib/server/organisation/jobs.ts';
import { findUnitIdByCode } from '#lib/server/organisation/queries.ts';
import { confirmRosterImport, getRosterImport, receiveRosterFile } from '#lib/server/organisation/roster-imports.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readDay } from '#lib/text/days.ts';
import { UsageError, type Command } from '../command.ts';

async function unitIdOf(ctx: Context, code: string): Promise<string> {
	const unitId = await findUnitIdByCode(ctx.db, code.toUpperCase());
	if (!unitId) throw new UsageError(`không có đơn vị mang mã ${code} / no unit has the code ${code}`);
	return unitId;
}

function startDay(text: string | undefined): string | undefined {
	if (!text) return undefined;
	const day = readDay(text);
	if (!day) throw new UsageError(errorText('vi', 'form.date'));
	return day;
}

/** Takes a roster file in by the same way as the page: check, then write the good rows. */
export const command: Command = {
	summary: 'Nhập danh sách đối tượng từ tệp Excel / Import a roster from an .xlsx file',
	usage: 'FILE [--unit CODE] [--category CODE] [--from dd/MM/yyyy] [--fix-capitals] [--dry-run] [--json]',
	details: [
		'--unit          mọi dòng thuộc đơn vị này / all rows belong to this unit',
		'--category      nhóm đối tượng khi tệp không có cột này / category where the file has no such column',
		'--from          ngày bắt đầu khi tệp không có cột này / start date where the file has no such column',
		'--fix-capitals  họ tên viết hoa toàn bộ được chuyển về dạng thường / names in capitals become ordinary ones',
		'--dry-run       chỉ kiểm tra / only check'
	],
	options: {
		unit: { type: 'string' },
		category: { type: 'string' },
		from: { type: 'string' },
		'fix-capitals': { type: 'boolean' },
		'dry-run': { type: 'boolean' }
	},
	async run({ values, positionals, ctx: open, note }) {
		const [file] = positionals;
		if (!file) throw new UsageError('thiếu tên tệp / the file is missing');
		const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
		const validFrom = startDay(text('from'));
		const bytes = await fs.readFile(file).catch(() => {
			throw new UsageError(`không đọc được ${file} / ${file} cannot be read`);
		});
		const ctx = await open();
		const unitId = text('unit') ? await unitIdOf(ctx, text('unit') ?? '') : undefined;
		const defaults = { categoryCode: text('category'), validFrom, hasCapsFixed: values['fix-capitals'] === true };
		const sent = { fileName: path.basename(file), bytes, unitId, defaults };
		const { importId } = await receiveRosterFile(ctx, sent, { isQueued: false });
		note('Đang kiểm tra… / Checking…');
		await runRosterImport(ctx, importId, { isWriting: false });
		const checked = await getRosterImport(ctx, importId);
		if (checked.state === 'checked' && values['dry-run'] !== true) {
			note('Đang nhập… / Importing…');
			await confirmRosterImport(ctx, importId, { isQueued: false });
			await runRosterImport(ctx, importId, { isWriting: true });
		}
		return outcome(await getRosterImport(ctx, importId));
	}
};

function outcome({ state, failureCode, summary, problems, totalRows }: Awaited<ReturnType<typeof getRosterImport>>) {
	const data = { state, failureCode, totalRows, ...summary, problems };
	if (state === 'failed') return { text: errorText('vi', failureCode ?? ''), data, exitCode: 1 };
	const { created = 0, updated = 0, unchanged = 0, failed = 0, warned = 0 } = summary;
	const verb = state === 'imported' ? 'Đã nhập' : 'Sẽ nhập';
	const lines = [
		`${verb} ${created + updated + unchanged} dòng (mới ${created}, cập nhật ${updated}, không đổi ${unchanged}), ` +
			`${failed} dòng lỗi, ${warned} dòng cảnh báo.`,
		...problems.map((problem) => rowSentence('vi', problem))
	];
	return { text: lines.join('\n'), data };
}

import { lengthenChain, verifyChain } from '#lib/server/audit/chain.ts';
import type { Command } from '../command.ts';

/** Proves that no entry of the audit log was changed or taken out since it was linked. */
export const command: Command = {
	summary: 'Kiểm tra nhật ký hệ thống còn nguyên vẹn / Verify the chain of the audit log',
	usage: '[--json]',
	details: [
		'Ghi lại "mắt xích cuối" ở nơi khác để biết đoạn cuối có bị cắt không / Keep the last link elsewhere to notice a cut-off end.',
		'Mã thoát 1 khi có chỗ không khớp / Exit status 1 when a link does not fit.'
	],
	async run({ ctx }) {
		const { db, config } = await ctx();
		await lengthenChain(db, config);
		const state = await verifyChain(db, config);
		const text =
			state.brokenAt === null
				? `Khớp / fits: ${state.links} mục / entries (${state.removed} hết thời hạn lưu / past keeping), mắt xích cuối / last link ${state.head ?? '–'}`
				: `KHÔNG KHỚP từ mắt xích ${state.brokenAt} / DOES NOT FIT from link ${state.brokenAt} on`;
		return { text, data: state, exitCode: state.brokenAt === null ? 0 : 1 };
	}
};

import { recordAudit } from '#lib/server/audit/record.ts';
import { compareDerived, recomputeDerived } from '#lib/server/training/derived.ts';
import type { Command } from '../command.ts';

/** For a database that somebody changed behind the product's back; `doctor` tells when it is needed. */
export const command: Command = {
	summary: 'Tính lại số liệu dẫn xuất từ dữ liệu gốc / Work derived rows out anew',
	usage: '[--json]',
	details: ['Các thay đổi khác chờ đến khi xong. / Other changes wait until it is done.'],
	async run({ ctx: open }) {
		const ctx = await open();
		const differences = await ctx.db.transaction(async (tx) => {
			const before = await compareDerived(tx);
			await recomputeDerived(tx);
			await recordAudit(ctx, tx, 'system.recomputed', before);
			return before;
		});
		const count = Object.values(differences).reduce((sum, each) => sum + each, 0);
		return { text: `✓ ${count} dòng đã lệch, nay khớp / rows differed and fit now`, data: { differences } };
	}
};

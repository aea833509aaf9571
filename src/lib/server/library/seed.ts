import { fold } from '#lib/text/fold.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { factsText } from './read.ts';
import { resources } from './tables.ts';

type Item = Omit<typeof resources.$inferInsert, 'unitId' | 'searchText' | 'isAiGenerated'> & {
	isAiGenerated?: boolean;
};

const ITEMS: readonly Item[] = [
	{
		kind: 'link',
		title: 'Cơ sở dữ liệu quốc gia về văn bản pháp luật',
		summary: 'Tra cứu văn bản quy phạm pháp luật còn hiệu lực.',
		author: 'Bộ Tư pháp',
		sourceUrl: 'https://vbpl.vn'
	},
	{
		kind: 'link',
		title: 'Cổng Pháp luật quốc gia',
		summary: 'Hỏi đáp, tra cứu, phản ánh kiến nghị về pháp luật.',
		author: 'Bộ Tư pháp',
		sourceUrl: 'https://phapluat.gov.vn'
	},
	{
		kind: 'document',
		title: 'Luật Phổ biến, giáo dục pháp luật',
		documentNo: '14/2012/QH13',
		issuer: 'Quốc hội',
		issuedOn: '2012-06-20',
		sourceUrl: 'https://vbpl.vn'
	},
	{
		kind: 'outline',
		title: 'Đề cương giới thiệu Luật Bảo vệ dữ liệu cá nhân',
		summary: 'Bản tóm tắt do công cụ trí tuệ nhân tạo soạn, báo cáo viên đã rà soát.',
		author: 'Sở Tư pháp',
		documentNo: '91/2025/QH15',
		issuer: 'Quốc hội',
		sourceUrl: 'https://vbpl.vn',
		isAiGenerated: true
	}
];

/** Links to national databases, a law and an outline; files are added by people. */
export async function seedLibrary(tx: Database, { unitId }: { unitId: string }): Promise<void> {
	await tx.insert(resources).values(
		ITEMS.map((item, i) => ({
			...{ id: seedId(`resource ${i}`), unitId, searchText: fold(factsText(item)), isAiGenerated: false },
			...item
		}))
	);
}

import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { sendAnnouncement } from './announcements.ts';
import { notifications } from './tables.ts';

/** Announcements of the demo: one to the focal points, who confirm it bit by bit, and one to everybody. */
export async function seedAnnouncements(
	ctx: Context,
	tx: Database,
	{ departmentId, provinceId }: { departmentId: string; provinceId: string }
): Promise<void> {
	const inTransaction = { ...ctx, db: tx };
	const { announcementId } = await sendAnnouncement(inTransaction, {
		unitId: departmentId,
		title: 'Về việc rà soát danh sách báo cáo viên pháp luật, tuyên truyền viên pháp luật năm 2026',
		body:
			'Đề nghị đầu mối các cơ quan, đơn vị rà soát danh sách báo cáo viên pháp luật, tuyên truyền viên pháp luật; ' +
			'cập nhật người chuyển công tác, thôi giữ vai trò trên hệ thống trước khi chốt số liệu năm.\n\n' +
			'Vướng mắc đề nghị phản ánh về Sở Tư pháp để được hướng dẫn.',
		documentNo: '1284/STP-PBGDPL',
		documentDate: null,
		needsConfirmation: true,
		files: [],
		unitIds: [provinceId],
		categories: [],
		roles: ['unit_admin', 'unit_head']
	});
	await sendAnnouncement(inTransaction, {
		unitId: departmentId,
		title: 'Hưởng ứng Ngày Pháp luật Việt Nam 09/11',
		body: 'Các khóa học trực tuyến về kỹ năng số đã được mở. Mời Ông/Bà đăng nhập, học và góp ý.',
		documentNo: null,
		documentDate: null,
		needsConfirmation: false,
		files: [],
		unitIds: [provinceId],
		categories: [],
		roles: []
	});
	// Of those who were told some have read already, always the same ones.
	const isEarly = sql`hashtext(coalesce(${notifications.personId}, ${notifications.accountId})::text) % 3 <> 0`;
	await tx
		.update(notifications)
		.set({ readAt: ctx.now, confirmedAt: ctx.now })
		.where(and(eq(notifications.announcementId, announcementId), isEarly));
}

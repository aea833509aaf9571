import { sql } from 'drizzle-orm';
import { GENERAL_BOARD } from '#lib/forum/input.ts';
import { fold } from '#lib/text/fold.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { posts, reports, threads } from './tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A question with an accepted answer and one that waits, under the first lesson of the open class; three topics; a report. */
export async function seedForum(
	ctx: Context,
	tx: Database,
	{
		learnerId,
		trainerId,
		officerId,
		courseVersionId
	}: Record<'learnerId' | 'trainerId' | 'officerId' | 'courseVersionId', string>
): Promise<void> {
	const [lesson] = await tx.execute<{ id: string }>(sql`select lv.lesson_id as id from lesson_version lv
		join module m on m.id = lv.module_id where m.course_version_id = ${courseVersionId} order by m.position, lv.position limit 1`);
	const ago = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS);
	const thread = (name: string, title: string, body: string, authorId: string, days: number) => ({
		...{ id: seedId(`thread ${name}`), title, body, authorId },
		...{ searchText: fold(`${title} ${body}`), postedAt: ago(days), lastAt: ago(days - 1) }
	});
	const post = (name: string, of: string, body: string, authorId: string, days: number, isExpert = false) => ({
		...{ id: seedId(`post ${name}`), threadId: seedId(`thread ${of}`), body, searchText: fold(body), authorId },
		...{ postedAt: ago(days), isExpert }
	});
	const place = { lessonId: lesson?.id ?? null, board: lesson ? null : GENERAL_BOARD };
	await tx.insert(threads).values([
		{
			...thread(
				'source',
				'Dùng ảnh trên mạng cho tờ gấp pháp luật có cần ghi nguồn không?',
				'Khi thiết kế tờ gấp, tôi lấy ảnh minh họa trên mạng. Xin hỏi có phải xin phép hoặc ghi nguồn không?',
				learnerId,
				6
			),
			...{ ...place, postCount: 1, acceptedPostId: seedId('post source') }
		},
		{
			...thread(
				'offline',
				'Bài giảng này có tải về máy để xem được không?',
				'Ở xã tôi mạng yếu, buổi tối hay mất.',
				learnerId,
				2
			),
			...place
		},
		{
			...thread(
				'radio',
				'Phát thanh câu chuyện pháp luật 5 phút mỗi sáng',
				'Xã chúng tôi phát mỗi sáng một tình huống 5 phút trên loa truyền thanh, cuối tuần hỏi đáp qua Zalo. Sau ba tháng số người hỏi tăng gấp đôi.',
				officerId,
				20
			),
			...{ board: GENERAL_BOARD, isModel: true, postCount: 1 }
		},
		{
			...thread(
				'market',
				'Tuyên truyền pháp luật tại chợ phiên',
				'Các đơn vị có tài liệu song ngữ ngắn gọn không, cho xin mẫu tham khảo.',
				officerId,
				9
			),
			...{ board: GENERAL_BOARD, postCount: 1 }
		}
	]);
	await tx
		.insert(posts)
		.values([
			post(
				'source',
				'source',
				'Ảnh của người khác là tác phẩm được bảo hộ: phải xin phép, trừ trường hợp pháp luật cho phép, và luôn ghi nguồn. Nên dùng ảnh do cơ quan tự chụp hoặc kho ảnh cho phép sử dụng.',
				trainerId,
				5,
				true
			),
			post('radio', 'radio', 'Cách làm hay, đơn vị tôi sẽ áp dụng. Xin cho biết ai viết kịch bản?', learnerId, 19),
			post('market', 'market', 'Tham khảo mục Học liệu số của Sở Tư pháp.', trainerId, 8, true)
		]);
	await tx.insert(reports).values({
		id: seedId('report market'),
		threadId: seedId('thread market'),
		postId: seedId('post market'),
		reporterId: learnerId,
		reason: 'Không tìm thấy tài liệu như đã nêu.',
		reportedAt: ago(7)
	});
}

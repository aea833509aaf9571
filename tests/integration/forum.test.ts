import { expect } from 'vitest';
import { createAccount } from '#lib/server/identity/accounts.ts';
import type { Role } from '#lib/server/identity/actor.ts';
import { lessons } from '#lib/server/catalogue/tables.ts';
import { listOpenQuestions, listReports, listTopics } from '#lib/server/forum/lists.ts';
import { threads } from '#lib/server/forum/tables.ts';
import { acceptAnswer, getThreadPage, hidePost, markModel, reportPost } from '#lib/server/forum/thread-page.ts';
import { openTopic, reply } from '#lib/server/forum/write.ts';
import { participations, trainingActivities } from '#lib/server/training/tables.ts';
import { courseVersions } from '#lib/server/catalogue/tables.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { eq } from 'drizzle-orm';
import { as, at, test } from '../support/test.ts';
import { aClass, aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

/** Somebody with an account of their own, a person of the unit where they learn, a role where they have one. */
async function someone(ctx: Context, unit: TestUnit, name: string, role?: Role) {
	const personId = role ? undefined : await aPerson(ctx, unit, name);
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: name, ...(personId && { personId }) });
	const grants = role ? [{ role, unitId: unit.id, unitPath: unit.path }] : [];
	return { personId, accountId, acting: as(ctx, { kind: 'account', accountId, personId, displayName: name, grants }) };
}

test('a lesson’s question is for those who take or teach it, and an expert’s reply becomes the answer', async ({
	ctx
}) => {
	const { department, commune } = await aProvince(ctx);
	const activityId = await aClass(ctx, department);
	const learner = await someone(ctx, commune, 'Nguyễn Văn An');
	const stranger = await someone(ctx, commune, 'Lê Thị Bình');
	const teacher = await someone(ctx, department, 'Trần Thị Lan', 'trainer');
	const elsewhere = await someone(ctx, commune, 'Phạm Văn Cường', 'trainer');
	await ctx.db
		.insert(participations)
		.values({ personId: learner.personId!, activityId, unitIdThen: commune.id, summonedOn: '2026-11-02' });
	const [course] = await ctx.db
		.select({ courseId: courseVersions.courseId })
		.from(trainingActivities)
		.innerJoin(courseVersions, eq(courseVersions.id, trainingActivities.courseVersionId))
		.where(eq(trainingActivities.id, activityId));
	const [lesson] = await ctx.db.insert(lessons).values({ courseId: course!.courseId }).returning({ id: lessons.id });
	const question = { title: 'Có cần ghi nguồn không?', body: 'Ảnh lấy trên mạng.', searchText: 'co can ghi nguon' };
	const [thread] = await ctx.db
		.insert(threads)
		.values({ ...question, lessonId: lesson!.id, authorId: learner.accountId, postedAt: ctx.now, lastAt: ctx.now })
		.returning({ id: threads.id });
	const id = thread!.id;
	for (const one of [stranger, elsewhere])
		await expect(getThreadPage(one.acting, id)).rejects.toMatchObject({ code: 'forum.no_thread' });
	expect((await listOpenQuestions(teacher.acting)).rows.map((row) => row.id)).toEqual([id]);
	expect((await listOpenQuestions(elsewhere.acting)).rows).toEqual([]);
	await reply(learner.acting, id, 'Tôi hỏi thêm về video.');
	await reply(at(teacher.acting, '2026-11-20T09:00:00+07:00'), id, 'Có, luôn ghi nguồn.');
	const page = await getThreadPage(learner.acting, id);
	expect(page.posts.map(({ isExpert }) => isExpert)).toEqual([false, true]);
	const [own, answer] = page.posts;
	await expect(acceptAnswer(learner.acting, id, own!.id)).rejects.toMatchObject({ code: 'forum.not_an_answer' });
	await acceptAnswer(learner.acting, id, answer!.id);
	expect((await getThreadPage(learner.acting, id)).posts[0]).toMatchObject({ id: answer!.id, isAccepted: true });
	expect((await listOpenQuestions(teacher.acting)).rows).toEqual([]);
	expect(await ctx.db.$count(notifications, eq(notifications.template, 'forum.replied'))).toBe(1);
});

test('topics are found without marks, in replies too; what is reported is hidden by a moderator', async ({ ctx }) => {
	const { province, commune } = await aProvince(ctx);
	const writer = await someone(ctx, commune, 'Nguyễn Văn An');
	const reader = await someone(ctx, commune, 'Lê Thị Bình');
	const moderator = await someone(ctx, province, 'Người duyệt', 'content_approver');
	const topic = { title: 'Phát thanh mỗi sáng', body: 'Loa truyền thanh', board: 'general' };
	const id = await openTopic(writer.acting, topic);
	await expect(openTopic(writer.acting, { ...topic, board: 'none' })).rejects.toMatchObject({ code: 'forum.no_board' });
	await reply(reader.acting, id, 'Chợ phiên cũng làm được');
	const find = async (text: string, onlyModels = false) =>
		(await listTopics(reader.acting, { text, onlyModels, page: 1 })).rows.map((row) => row.id);
	expect(await find('phat thanh')).toEqual([id]);
	expect(await find('chợ phiên')).toEqual([id]);
	expect(await find('toà án')).toEqual([]);
	await expect(markModel(writer.acting, id, true)).rejects.toMatchObject({ code: 'identity.not_permitted' });
	await markModel(moderator.acting, id, true);
	expect(await find('phat', true)).toEqual([id]);
	const postId = (await getThreadPage(reader.acting, id)).posts[0]!.id;
	for (let i = 0; i < 2; i++) await reportPost(writer.acting, id, { postId, reason: 'Quảng cáo' });
	expect((await listReports(moderator.acting)).rows).toMatchObject([
		{ reason: 'Quảng cáo', text: 'Chợ phiên cũng làm được' }
	]);
	await hidePost(moderator.acting, id, { postId, reason: 'Không đúng chủ đề' });
	expect((await listReports(moderator.acting)).rows).toEqual([]);
	expect((await getThreadPage(reader.acting, id)).posts[0]).toMatchObject({
		body: '',
		hideReason: 'Không đúng chủ đề'
	});
	expect(await find('cho phien')).toEqual([]);
	await hidePost(moderator.acting, id, { postId: '', reason: 'Trùng chủ đề' });
	await expect(getThreadPage(reader.acting, id)).rejects.toMatchObject({ code: 'forum.no_thread' });
});

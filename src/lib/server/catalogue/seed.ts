import type { SeededLecture } from '../lectures/seed.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { seedPaper } from '../assessment/seed.ts';
import { KC02, KC03, type TextCourse } from './demo/text-courses.ts';
import { seedPackage } from '../scorm/seed.ts';
import { courses, courseVersions, lessonAttachments, lessons, lessonVersions, modules } from './tables.ts';

const KC01_MODULES = ['Bối cảnh', 'Tra cứu, kiểm chứng', 'Kênh số', 'Ghi nhận, báo cáo'];
const LESSONS_PER_MODULE = 3;

/** Who made and approved the demo courses. */
type Makers = Readonly<{ unitId: string; trainerId: string; approverId: string }>;

/**
 * The three sample courses: KC01 published with its lectures, KC02 waiting for approval, KC03 published as texts.
 * @returns the versions classes are held on
 */
export async function seedCourses(
	ctx: Context,
	tx: Database,
	sample: readonly SeededLecture[],
	makers: Makers
): Promise<{ kc01: string; kc03: string }> {
	const kc01 = await addCourse(ctx, tx, makers, 'published', {
		code: 'KC01',
		title: 'Nhập môn chuyển đổi số trong công tác PBGDPL',
		summary: 'Bối cảnh, tra cứu và kiểm chứng, kênh số, ghi nhận và báo cáo. Dành cho mọi đối tượng, tự học.',
		teachingPeriods: 8,
		audience: []
	});
	for (const [m, title] of KC01_MODULES.entries()) {
		const moduleId = seedId(`module KC01 ${m}`);
		await tx.insert(modules).values({ id: moduleId, courseVersionId: kc01.versionId, position: m + 1, title });
		for (const [i, lecture] of sample.slice(m * LESSONS_PER_MODULE, (m + 1) * LESSONS_PER_MODULE).entries()) {
			const lessonId = seedId(`lesson KC01 ${lecture.key}`);
			const lessonVersionId = seedId(`lesson version KC01 ${lecture.key}`);
			await tx.insert(lessons).values({ id: lessonId, courseId: kc01.courseId });
			await tx.insert(lessonVersions).values({
				...{ id: lessonVersionId, lessonId, moduleId, position: i + 1, title: lecture.title, kind: 'lecture' },
				lectureId: lecture.lectureId,
				minutes: lecture.minutes
			});
			await tx.insert(lessonAttachments).values({ lessonVersionId, documentId: lecture.documentId, position: 1 });
		}
	}
	await addQuiz(tx, makers, kc01.courseId, { code: 'KC01', moduleIndex: KC01_MODULES.length - 1 });
	await addScormLesson(ctx, tx, kc01.courseId, makers.unitId);
	await addTextCourse(ctx, tx, makers, 'in_review', KC02);
	const kc03 = await addTextCourse(ctx, tx, makers, 'published', KC03);
	return { kc01: kc01.versionId, kc03 };
}

/** How each course is tested at its end: topics of the sample questions, and how many of each. */
const QUIZZES = {
	KC01: {
		settings: { timeLimitMin: 20 },
		draws: [
			['Báo cáo viên, tuyên truyền viên pháp luật', 5],
			['Chỉ tiêu Đề án 766', 3],
			['Tra cứu, trích dẫn pháp luật', 2]
		]
	},
	KC02: {
		settings: { timeLimitMin: 15, isSequential: true },
		draws: [
			['Sử dụng AI có trách nhiệm', 4],
			['Biên tập, phát hành nội dung số', 2],
			['Báo cáo viên, tuyên truyền viên pháp luật', 2]
		]
	},
	KC03: {
		settings: { layout: 'all' },
		draws: [
			['Bảo vệ dữ liệu cá nhân', 5],
			['An toàn thông tin', 3]
		]
	}
} as const;

/** The quiz at the end of a course's module. */
async function addQuiz(
	tx: Database,
	makers: Makers,
	courseId: string,
	{ code, moduleIndex }: { code: string; moduleIndex: number }
): Promise<void> {
	const lessonId = seedId(`lesson ${code} quiz`);
	const quiz = QUIZZES[code as keyof typeof QUIZZES];
	await tx.insert(lessons).values({ id: lessonId, courseId });
	await tx.insert(lessonVersions).values({
		...{ id: seedId(`lesson version ${code} quiz`), lessonId, moduleId: seedId(`module ${code} ${moduleIndex}`) },
		...{ position: 99, title: 'Kiểm tra cuối khóa', kind: 'quiz', minutes: 20 },
		paperId: await seedPaper(tx, makers, { key: code, ...quiz })
	});
}

/** The lesson of KC01 that shows the sample package. */
export const SCORM_LESSON = seedId('lesson KC01 verify-news');

/** An exercise beside the lectures of the second module; whoever completed the course before it came is not set back. */
async function addScormLesson(ctx: Context, tx: Database, courseId: string, unitId: string): Promise<void> {
	const { packageId, title } = await seedPackage(ctx, tx, unitId);
	const lessonId = SCORM_LESSON;
	await tx.insert(lessons).values({ id: lessonId, courseId });
	await tx.insert(lessonVersions).values({
		...{
			id: seedId('lesson version KC01 verify-news'),
			lessonId,
			moduleId: seedId('module KC01 1'),
			title,
			kind: 'scorm'
		},
		...{ packageId, packageRevision: 1, position: LESSONS_PER_MODULE + 1, isRequired: false, minutes: 10 }
	});
}

type CourseFacts = Pick<TextCourse, 'code' | 'title' | 'summary' | 'teachingPeriods' | 'audience'>;

async function addCourse(
	ctx: Context,
	tx: Database,
	{ unitId, trainerId, approverId }: Makers,
	status: 'published' | 'in_review',
	{ code, title, summary, teachingPeriods, audience }: CourseFacts
): Promise<{ courseId: string; versionId: string }> {
	const [courseId, versionId] = [seedId(`course ${code}`), seedId(`course version ${code}`)];
	await tx.insert(courses).values({ id: courseId, code, unitId, createdBy: trainerId });
	const isPublished = status === 'published';
	await tx.insert(courseVersions).values({
		...{ id: versionId, courseId, number: 1, status, title, summary, teachingPeriods },
		audience: [...audience],
		submittedAt: ctx.now,
		submittedBy: trainerId,
		reviewedAt: isPublished ? ctx.now : null,
		reviewedBy: isPublished ? approverId : null,
		publishedAt: isPublished ? ctx.now : null
	});
	return { courseId, versionId };
}

async function addTextCourse(
	ctx: Context,
	tx: Database,
	makers: Makers,
	status: 'published' | 'in_review',
	course: TextCourse
): Promise<string> {
	const { courseId, versionId } = await addCourse(ctx, tx, makers, status, course);
	for (const [m, { title, lessons: texts }] of course.modules.entries()) {
		const moduleId = seedId(`module ${course.code} ${m}`);
		await tx.insert(modules).values({ id: moduleId, courseVersionId: versionId, position: m + 1, title });
		for (const [i, lesson] of texts.entries()) {
			const lessonId = seedId(`lesson ${course.code} ${m} ${i}`);
			await tx.insert(lessons).values({ id: lessonId, courseId });
			await tx.insert(lessonVersions).values({
				id: seedId(`lesson version ${course.code} ${m} ${i}`),
				...{ lessonId, moduleId, position: i + 1, title: lesson.title, kind: 'document', minutes: lesson.minutes },
				bodyHtml: lesson.points.length
					? `<p>${lesson.lead}</p><ul>${lesson.points.map((point) => `<li>${point}</li>`).join('')}</ul>`
					: `<p>${lesson.lead}</p>`
			});
		}
	}
	await addQuiz(tx, makers, courseId, { code: course.code, moduleIndex: course.modules.length - 1 });
	return versionId;
}

import { DEFAULT_SETTINGS, type PaperSettings } from '#lib/assessment/paper.ts';
import { matchKey } from '#lib/text/fold.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { topicIdOf, writeCitations } from './citations.ts';
import { DEMO_DOCUMENTS, KEYED_QUESTIONS, OTHER_TYPES, type DemoQuestion } from './demo/questions.ts';
import { papers } from './paper-tables.ts';
import { legalDocuments, questions, questionSteps, questionVersions } from './tables.ts';
import { written } from './write-question.ts';

/** Who made and reviewed the sample questions. */
type Makers = Readonly<{ unitId: string; trainerId: string; approverId: string }>;

/** A paper of the demo that draws so many questions of each of these topics, one mark each. @returns its id */
export async function seedPaper(
	tx: Database,
	{ unitId, trainerId }: Pick<Makers, 'unitId' | 'trainerId'>,
	{
		key,
		settings,
		draws
	}: { key: string; settings: Partial<PaperSettings>; draws: readonly (readonly [string, number])[] }
): Promise<string> {
	const id = seedId(`paper ${key}`);
	const content = [];
	for (const [topic, count] of draws) {
		const topicId = await topicIdOf(tx, topic);
		content.push({ kind: 'random', topicId, difficulty: null, count, marks: 1 } as const);
	}
	await tx.insert(papers).values({
		...{ id, unitId, content, createdBy: trainerId },
		title: `Kiểm tra cuối khóa ${key}`,
		settings: { ...DEFAULT_SETTINGS, ...settings }
	});
	return id;
}

const UNREAD = 'Chưa được người làm công tác pháp luật đọc lại.';

/**
 * The bank of the demo: the keyed questions of the three courses, all "cần rà soát" until a lawyer has read them, one of
 * each other type, and one that still waits for its reviewer.
 */
export async function seedQuestions(ctx: Context, tx: Database, makers: Makers): Promise<void> {
	await tx.insert(legalDocuments).values(
		DEMO_DOCUMENTS.map(([number, title, issuer, issuedOn, effectiveFrom]) => ({
			...{ id: seedId(`legal document ${number}`), number, numberKey: matchKey(number) },
			...{ title, issuer, issuedOn, effectiveFrom }
		}))
	);
	for (const question of KEYED_QUESTIONS) await addQuestion(ctx, tx, makers, question, 'needs_review');
	for (const question of OTHER_TYPES) await addQuestion(ctx, tx, makers, question, 'in_use');
	await addQuestion(ctx, tx, makers, WAITING, 'draft');
}

const WAITING: DemoQuestion = {
	...KEYED_QUESTIONS[9]!,
	key: 'waiting',
	stem: '<p>Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam được tổ chức vào ngày nào hằng năm?</p>'
};

async function addQuestion(
	ctx: Context,
	tx: Database,
	{ unitId, trainerId, approverId }: Makers,
	{ key, topic, difficulty, cites, ...content }: DemoQuestion,
	status: 'needs_review' | 'in_use' | 'draft'
): Promise<void> {
	const [id, versionId] = [seedId(`question ${key}`), seedId(`question version ${key}`)];
	const isApproved = status !== 'draft';
	await tx.insert(questions).values({
		...{ id, unitId, difficulty, status, isShared: true, createdBy: trainerId },
		topicId: await topicIdOf(tx, topic),
		usableVersion: isApproved ? 1 : null,
		firstUsedAt: isApproved ? ctx.now : null,
		flaggedAt: status === 'needs_review' ? ctx.now : null,
		flagReason: status === 'needs_review' ? UNREAD : null
	});
	await tx.insert(questionVersions).values({
		...{ id: versionId, questionId: id, number: 1, ...written(ctx, content), authorId: trainerId },
		state: isApproved ? 'approved' : 'submitted',
		submittedAt: ctx.now,
		reviewedAt: isApproved ? ctx.now : null,
		reviewedBy: isApproved ? approverId : null
	});
	if (cites)
		await writeCitations(tx, versionId, [{ document: cites[0], article: cites[1], validFrom: null, validTo: null }]);
	const steps = [
		'created',
		'submit',
		...(isApproved ? ['approve'] : []),
		...(status === 'needs_review' ? ['flag'] : [])
	];
	await tx.insert(questionSteps).values(
		steps.map((step) => ({
			...{ questionId: id, at: ctx.now, step, version: 1, note: step === 'flag' ? UNREAD : null },
			accountId: step === 'approve' ? approverId : trainerId
		}))
	);
}

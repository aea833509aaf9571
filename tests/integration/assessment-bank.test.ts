import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { QuestionFilter } from '#lib/assessment/input.ts';
import { readReason } from '#lib/assessment/flag-reason.ts';
import * as v from 'valibot';
import { recordAudit } from '#lib/server/audit/record.ts';
import { auditEvents } from '#lib/server/audit/tables.ts';
import { listCitations } from '#lib/server/assessment/citations.ts';
import { getDocument, listDocuments, recordDocumentChange } from '#lib/server/assessment/documents.ts';
import { findDuplicates, knownDuplicates } from '#lib/server/assessment/find-duplicates.ts';
import { assessmentJobs } from '#lib/server/assessment/jobs.ts';
import { listQuestions } from '#lib/server/assessment/list-questions.ts';
import { getQuestion } from '#lib/server/assessment/question-access.ts';
import { takeStep, takeSteps } from '#lib/server/assessment/question-steps.ts';
import { questionVersions } from '#lib/server/assessment/tables.ts';
import { addQuestions, saveQuestion } from '#lib/server/assessment/write-question.ts';
import { anAssessmentWorld, aUsableQuestion } from '../support/assessment-world.ts';
import { aQuestion, singleChoice } from '../support/questions.ts';
import { as, at, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

const filter = (given: Record<string, string> = {}) => v.parse(QuestionFilter, given);

describe('the question bank', () => {
	test('keeps a draft safely, by what it rests on and is about', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		const author = as(ctx, world.author);
		const [id = ''] = await addQuestions(author, { unitId: world.department.id }, [
			aQuestion({
				stem: '<p onclick="x()">Ai công nhận?<script>1</script></p><img src="https://evil/x.png"><img src="media:0198f0a0-0000-4000-8000-000000000001" alt="Ảnh">',
				citations: [
					{ document: '14/2012/QH13', article: 'khoản 2 Điều 37', validFrom: '2013-01-01', validTo: null },
					{ document: ' 14/2012/qh13 ', article: 'Điều 35', validFrom: null, validTo: null }
				]
			}),
			aQuestion({ topic: 'PHÁP LUẬT VỀ PBGDPL' })
		]);
		const { newest, question } = await getQuestion(author, id);
		expect(newest.stem).toBe('<p>Ai công nhận?</p><img src="media:0198f0a0-0000-4000-8000-000000000001" alt="Ảnh" />');
		expect(question).toMatchObject({ status: 'draft', usableVersion: null });
		const citations = (await listCitations(ctx.db, [newest.id])).get(newest.id)!;
		expect(citations.map(({ document, article }) => [document, article])).toEqual([
			['14/2012/QH13', 'khoản 2 Điều 37'],
			['14/2012/QH13', 'Điều 35']
		]);
		const { rows, count } = await listQuestions(author, filter({ q: 'ai cong nhan' }));
		expect([count, rows[0]?.id, rows[0]?.topic]).toEqual([1, id, 'Pháp luật về PBGDPL']);
		expect((await listQuestions(author, filter())).count).toBe(2);
		expect((await listDocuments(author)).map(({ number, questions }) => [number, questions])).toEqual([
			['14/2012/QH13', 2]
		]);
	});

	test('lets nobody review what they wrote, and asks for a reason to return it', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		const both = anActor('province_admin', world.department);
		const [id = ''] = await addQuestions(as(ctx, both), { unitId: world.department.id }, [aQuestion()]);
		await takeStep(as(ctx, both), id, 'submit');
		await expect(takeStep(as(ctx, both), id, 'approve')).rejects.toMatchObject({ code: 'assessment.own_question' });
		await expect(takeStep(as(ctx, world.reviewer), id, 'return')).rejects.toMatchObject({
			code: 'assessment.reason_needed'
		});
		await takeStep(as(ctx, world.reviewer), id, 'return', 'Thiếu căn cứ.');
		expect((await getQuestion(as(ctx, both), id)).newest).toMatchObject({
			state: 'draft',
			reviewNote: 'Thiếu căn cứ.'
		});
		await expect(takeStep(as(ctx, world.author), id, 'approve')).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('sends nothing to review that cannot be asked', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		const body = singleChoice('một');
		const ids = await addQuestions(as(ctx, world.author), { unitId: world.department.id }, [
			aQuestion({ body }),
			aQuestion()
		]);
		const answer = await takeSteps(as(ctx, world.author), ids, 'submit');
		expect(answer).toEqual({ taken: 1, refused: { 'assessment.incomplete': 1 } });
	});

	test('keeps an approved version as it was when its question is changed', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		const id = await aUsableQuestion(ctx, world, { stem: '<p>Bản một</p>' });
		const { question } = await getQuestion(as(ctx, world.author), id);
		const change = { ...aQuestion({ stem: '<p>Bản hai</p>' }), isShared: false };
		await saveQuestion(as(ctx, world.author), id, { ...change, lockVersion: question.lockVersion });
		await expect(
			saveQuestion(as(ctx, world.author), id, { ...change, lockVersion: question.lockVersion })
		).rejects.toMatchObject({
			code: 'form.stale'
		});
		const versions = await ctx.db
			.select()
			.from(questionVersions)
			.where(eq(questionVersions.questionId, id))
			.orderBy(questionVersions.number);
		expect(versions.map(({ stem, state }) => [stem, state])).toEqual([
			['<p>Bản một</p>', 'approved'],
			['<p>Bản hai</p>', 'draft']
		]);
		expect((await getQuestion(as(ctx, world.author), id)).question).toMatchObject({
			status: 'in_use',
			usableVersion: 1,
			newestVersion: 2
		});
		await takeStep(as(ctx, world.author), id, 'submit');
		await takeStep(as(ctx, world.reviewer), id, 'approve');
		expect((await getQuestion(as(ctx, world.author), id)).question).toMatchObject({
			status: 'in_use',
			usableVersion: 2
		});
	});

	test('marks every question "cần rà soát" that cites a document which changed, in all units, and no other', async ({
		ctx
	}) => {
		const world = await anAssessmentWorld(ctx);
		const cites = await aUsableQuestion(ctx, world);
		const other = await aUsableQuestion(ctx, world, {
			citations: [{ document: '91/2025/QH15', article: '', validFrom: null, validTo: null }]
		});
		const [document] = (await listDocuments(as(ctx, world.reviewer))).filter(({ number }) => number.startsWith('14'));
		expect((await getDocument(as(ctx, world.reviewer), document!.id)).usable).toBe(1);
		const change = { kind: 'replaced', changedOn: '2026-11-01', note: 'Luật PBGDPL (sửa đổi)' } as const;
		expect(await recordDocumentChange(as(ctx, world.reviewer), document!.id, change)).toEqual({ flagged: 1 });
		const { question } = await getQuestion(as(ctx, world.author), cites);
		expect(question.status).toBe('needs_review');
		expect(readReason(question.flagReason)).toEqual({ kind: 'replaced', document: '14/2012/QH13', note: change.note });
		expect((await getQuestion(as(ctx, world.author), other)).question.status).toBe('in_use');
		await takeStep(as(ctx, world.reviewer), cites, 'confirm');
		expect((await getQuestion(as(ctx, world.author), cites)).question).toMatchObject({
			status: 'in_use',
			flagReason: null
		});
	});

	test('marks a question by itself the night after the cited rule has ended, once', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		const id = await aUsableQuestion(ctx, world, {
			citations: [{ document: '13/2023/NĐ-CP', article: '', validFrom: null, validTo: '2026-11-30' }]
		});
		const night = (day: string) =>
			assessmentJobs[0]!.run(at(ctx, `${day}T00:10:00+07:00`), {}, new AbortController().signal);
		const status = async () => (await getQuestion(as(ctx, world.author), id)).question.status;
		await night('2026-11-30');
		expect(await status()).toBe('in_use');
		await night('2026-12-01');
		expect(await status()).toBe('needs_review');
		await takeStep(at(as(ctx, world.reviewer), '2026-12-02T09:00:00+07:00'), id, 'confirm');
		await night('2026-12-03');
		expect(await status()).toBe('in_use');
	});

	test('finds the same question however it is typed, and nearly the same', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		const author = as(ctx, world.author);
		const stem = 'Ngày Pháp luật Việt Nam được tổ chức vào ngày nào hằng năm';
		const [first = '', , third = ''] = await addQuestions(author, { unitId: world.department.id }, [
			aQuestion({ stem: `<p>${stem}?</p>` }),
			aQuestion(),
			aQuestion({ stem: `<p>Theo Luật, ${stem}?</p>` })
		]);
		const { newest } = await getQuestion(author, first);
		const typed = { ...newest, questionId: '00000000-0000-4000-8000-000000000000' };
		const found = await findDuplicates(author, typed);
		expect(found.map(({ id, isSame }) => [id, isSame])).toEqual([
			[first, true],
			[third, false]
		]);
		expect(await knownDuplicates(author, [newest.duplicateKey, 'unknown'])).toEqual(
			new Map([[newest.duplicateKey, first]])
		);
		expect((await listQuestions(author, filter({ status: 'doubled' }))).count).toBe(0);
		await addQuestions(author, { unitId: world.department.id }, [aQuestion({ stem: `${stem.toUpperCase()}?` })]);
		expect((await listQuestions(author, filter({ status: 'doubled' }))).count).toBe(2);
	});

	test('shows a unit’s questions to its own people, shared ones to every author', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		const neighbour = as(ctx, anActor('trainer', world.commune));
		const [own = ''] = await addQuestions(as(ctx, world.author), { unitId: world.department.id }, [aQuestion()]);
		const [shared = ''] = await addQuestions(as(ctx, world.author), { unitId: world.department.id, isShared: true }, [
			aQuestion()
		]);
		await expect(getQuestion(neighbour, own)).rejects.toMatchObject({ kind: 'not_found' });
		expect(await getQuestion(neighbour, shared)).toMatchObject({ mayWrite: false });
		await expect(takeStep(neighbour, shared, 'submit')).rejects.toMatchObject({ kind: 'not_found' });
		await expect(addQuestions(neighbour, { unitId: world.department.id }, [aQuestion()])).rejects.toMatchObject({
			kind: 'not_found'
		});
		await expect(listQuestions(as(ctx, anActor('unit_admin', world.department)), filter())).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	test('leaves an audit event of each change', async ({ ctx }) => {
		const world = await anAssessmentWorld(ctx);
		await aUsableQuestion(ctx, world);
		await recordAudit(ctx, ctx.db, 'unit.renamed');
		const events = await ctx.db.select({ action: auditEvents.action }).from(auditEvents).orderBy(auditEvents.id);
		const actions = events.map(({ action }) => action).filter((action) => action.startsWith('question.'));
		expect(actions).toEqual(['question.created', 'question.submitted', 'question.approved', 'question.taken_into_use']);
	});
});

import { and, eq, isNull, notInArray } from 'drizzle-orm';
import { settingsOf } from '#lib/scorm/settings.ts';
import type { Standing } from '#lib/scorm/runtime/status.ts';
import { SCORM_LESSON } from '../catalogue/seed.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { SAMPLE_PACKAGE } from '../scorm/seed.ts';
import { attemptItems, attempts, commits, launches } from '../scorm/runtime-tables.ts';
import { participations } from '../training/tables.ts';
import { scormRegistrations } from './scorm-tables.ts';
import { lessonProgress } from './tables.ts';

/** Answers to the three situations of the sample package; shorter where somebody stopped on the way. */
const ANSWERS = ['bca', 'baa', 'b', 'bcc', 'aca', 'bc'];
const QUESTIONS = ['shared_notice', 'cited_article', 'correction'];
const RIGHT = 'bca';

/** Some people of the open class have tried the sample package: passed, failed, or on their way. */
export async function seedScormAttempts(
	ctx: Context,
	tx: Database,
	{ activityId, except }: { activityId: string; except: readonly string[] }
): Promise<void> {
	const learners = await tx
		.select({ id: participations.id, personId: participations.personId })
		.from(participations)
		.where(
			and(
				eq(participations.activityId, activityId),
				isNull(participations.attendedOn),
				notInArray(participations.personId, [...except])
			)
		)
		.orderBy(participations.id)
		.limit(ANSWERS.length);
	for (const [i, learner] of learners.entries()) {
		const startedAt = new Date(ctx.now.getTime() - (i + 2) * 5 * 3_600_000);
		await seedAttempt(tx, { ...learner, answers: ANSWERS[i]!, startedAt });
	}
}

type Planned = Readonly<{ id: string; personId: string; answers: string; startedAt: Date }>;

async function seedAttempt(tx: Database, { id, personId, answers, startedAt }: Planned): Promise<void> {
	const own = (what: string) => seedId(`scorm ${what} ${id}`);
	const where = { participationId: id, lessonId: SCORM_LESSON };
	const ids = { registrationId: own('registration'), attemptId: own('attempt'), launchId: own('launch') };
	const steps = [...answers].map((_, n) => stepOf(answers.slice(0, n + 1)));
	const values = Object.assign({}, ...steps) as Record<string, string>;
	const standing = standingOf(answers);
	const atStep = (n: number) => new Date(startedAt.getTime() + (n + 1) * 90_000);
	const savedAt = atStep(answers.length - 1);
	const completedAt = standing.completion === 'completed' ? savedAt : null;
	await tx.insert(scormRegistrations).values({ id: ids.registrationId, ...where });
	await tx
		.insert(lessonProgress)
		.values({ ...where, startedAt, savedAt, completedAt })
		.onConflictDoNothing();
	await tx.insert(attempts).values({
		...{ id: ids.attemptId, registrationId: ids.registrationId, number: 1, ...SAMPLE_PACKAGE, ...standing },
		...{ startedAt, savedAt, completedAt }
	});
	await tx.insert(attemptItems).values({
		...{ attemptId: ids.attemptId, item: 'scenario', data: JSON.stringify(values), ...standing },
		...{ exit: completedAt ? '' : null, sessionS: answers.length * 90, sessionStartedAt: startedAt, savedAt }
	});
	await tx.insert(launches).values({
		...{ id: ids.launchId, tokenHash: Buffer.from(own('token')), sessionId: Buffer.alloc(0), ...SAMPLE_PACKAGE },
		...{ attemptId: ids.attemptId, registrationId: ids.registrationId, accountId: personId, personId },
		...{ mode: 'normal', item: 'scenario', settings: settingsOf(null), sequence: steps.length },
		...{ startedAt, lastSeenAt: savedAt, endsAt: savedAt, endedAt: savedAt }
	});
	await tx.insert(commits).values(
		steps.map((changes, n) => ({
			...{ launchId: ids.launchId, sequence: n + 1, item: 'scenario', at: atStep(n), changes: JSON.stringify(changes) },
			isTerminate: n === QUESTIONS.length - 1
		}))
	);
}

function standingOf(answers: string): Standing {
	const right = [...answers].filter((answer, i) => answer === RIGHT[i]).length;
	const score = Math.round((right / QUESTIONS.length) * 100) / 100;
	if (answers.length < QUESTIONS.length) return { completion: 'incomplete', success: 'unknown', score };
	return { completion: 'completed', success: score >= 0.6 ? 'passed' : 'failed', score };
}

/** What the sample package tells after an answer. */
function stepOf(answers: string): Record<string, string> {
	const n = answers.length - 1;
	const { completion, success, score } = standingOf(answers);
	return {
		[`cmi.interactions.${n}.id`]: QUESTIONS[n]!,
		[`cmi.interactions.${n}.type`]: 'choice',
		[`cmi.interactions.${n}.student_response`]: answers[n]!,
		[`cmi.interactions.${n}.correct_responses.0.pattern`]: RIGHT[n]!,
		[`cmi.interactions.${n}.result`]: answers[n] === RIGHT[n] ? 'correct' : 'wrong',
		'cmi.core.lesson_location': String(n + 1),
		'cmi.core.score.raw': String(Math.round((score ?? 0) * 100)),
		'cmi.core.lesson_status': completion === 'completed' ? success : 'incomplete'
	};
}

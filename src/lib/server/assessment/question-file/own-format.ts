import * as v from 'valibot';
import { plainText } from '#lib/assessment/plain-text.ts';
import { Question } from '#lib/assessment/question.ts';
import { DomainError } from '../../platform/errors.ts';
import type { KeepFile } from './moodle-xml.ts';
import { startReading, type Reading } from './reading.ts';

/** What our own files call themselves. */
export const OWN_FORMAT = 'buc-giang/questions';

/** Our file of questions: everything a question is, and the files it shows, base64. */
export const OwnFile = v.object({
	format: v.literal(OWN_FORMAT),
	version: v.literal(1),
	questions: v.array(v.unknown()),
	media: v.optional(v.record(v.string(), v.object({ name: v.string(), base64: v.string() })), {})
});
export type OwnFile = v.InferOutput<typeof OwnFile>;

/**
 * Reads a file that an installation of this product wrote.
 * @throws {DomainError} `invalid` `assessment.json_broken`, `assessment.json_not_ours`
 */
export async function readOwnFile(text: string, keepFile: KeepFile): Promise<Reading> {
	let given: unknown;
	try {
		given = JSON.parse(text);
	} catch {
		throw new DomainError('invalid', 'assessment.json_broken');
	}
	const file = v.safeParse(OwnFile, given);
	if (!file.success) throw new DomainError('invalid', 'assessment.json_not_ours');
	const ids = new Map<string, string>();
	for (const [id, { name, base64 }] of Object.entries(file.output.media)) {
		const kept = await keepFile({ name, bytes: Buffer.from(base64, 'base64') });
		if (kept) ids.set(id, kept);
	}
	const reading = startReading();
	for (const [i, one] of file.output.questions.entries()) {
		const renamed = JSON.stringify(one).replace(/media:([0-9a-f-]{36})/g, (whole, id: string) =>
			ids.has(id) ? `media:${ids.get(id)}` : whole
		);
		const question = v.safeParse(Question, JSON.parse(renamed));
		if (question.success) reading.add(i + 1, plainText(question.output.stem), question.output);
		else {
			const where = question.issues[0].path?.map(({ key }) => String(key)).join('.') ?? '';
			reading.skip(i + 1, renamed, 'unknown_shape', where);
		}
	}
	return reading.done();
}

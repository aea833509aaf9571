import * as v from 'valibot';
import { parseDay } from '../i18n/format.ts';
import { tidy } from '../text/fold.ts';
import { fieldsOf, readBody } from './read-body.ts';
import { Question, type QuestionBody, type QuestionType } from './question.ts';

/** A question as a form says it, or which of its fields cannot be read. */
export type ReadQuestion =
	| Readonly<{ ok: true; question: Question }>
	| Readonly<{ ok: false; issues: Record<string, string>; question: Question }>;

/** Reads the whole form of the editor. Parts of a scenario have forms of their own and are taken over from `previous`. */
export function readQuestionForm(type: QuestionType, form: FormData, previous?: QuestionBody): ReadQuestion {
	const fields = fieldsOf(form);
	const body: QuestionBody =
		type === 'scenario'
			? { type, parts: previous?.type === 'scenario' ? previous.parts : [] }
			: readBody(type, form, previous?.type === 'scenario' ? undefined : previous);
	const typed = {
		stem: fields.one('stem'),
		body,
		explanation: fields.one('explanation'),
		difficulty: fields.one('difficulty') || 'medium',
		topic: tidy(fields.one('topic')),
		citations: readCitations(fields)
	};
	const parsed = v.safeParse(Question, typed);
	if (parsed.success) return { ok: true, question: parsed.output };
	const issues: Record<string, string> = {};
	for (const issue of parsed.issues) {
		const field = String(issue.path?.[0]?.key ?? '');
		issues[field] ??= /^\w+\.\w+$/.test(issue.message) ? issue.message : 'form.invalid';
	}
	return { ok: false, issues, question: typed as Question };
}

function readCitations({ all }: ReturnType<typeof fieldsOf>) {
	const [articles, from, to] = [all('citationArticle'), all('citationFrom'), all('citationTo')];
	return all('citationDocument').flatMap((typed, i) => {
		const document = tidy(typed);
		if (document === '') return [];
		return [{ document, article: tidy(articles[i] ?? ''), validFrom: dayOrNull(from[i]), validTo: dayOrNull(to[i]) }];
	});
}

function dayOrNull(typed: string | undefined): string | null {
	return typed ? (parseDay(typed) ?? typed) : null;
}

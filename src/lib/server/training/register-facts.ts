import { listLegalFields } from '../organisation/reference-data.ts';
import type { Context } from '../platform/context.ts';
import type { TrainingClass } from './access.ts';
import { listCoOrganisers } from './co-organisers.ts';
import { findLineOf } from './plan-queries.ts';
import { listTopics } from './reference-data.ts';
import { listSessions } from './sessions.ts';

type Named = Readonly<{ code: string; nameVi: string; nameEn: string }>;

/** What the register knows of a class beside its own row. */
export async function registerFacts(ctx: Context, { id, topics, legalFields }: TrainingClass) {
	const [coOrganisers, allTopics, allFields, sessions, planLine] = await Promise.all([
		listCoOrganisers(ctx.db, id),
		listTopics(ctx.db),
		listLegalFields(ctx.db),
		listSessions(ctx.db, id),
		findLineOf(ctx.db, id)
	]);
	return {
		coOrganisers,
		topics: namesOf(allTopics, topics),
		legalFields: namesOf(allFields, legalFields),
		sessions: sessions.map(({ recordedBy: _, recordedAt: __, voidedAt: ___, ...session }) => session),
		planLine: planLine ?? null
	};
}

function namesOf(all: readonly Named[], codes: readonly string[]): Named[] {
	const known = all.filter(({ code }) => codes.includes(code));
	const unknown = codes.filter((code) => !known.some((one) => one.code === code));
	return [
		...known.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn })),
		...unknown.map((code) => ({ code, nameVi: code, nameEn: code }))
	];
}

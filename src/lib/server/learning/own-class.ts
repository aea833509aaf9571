import type { Actor } from '../identity/actor.ts';
import { getCourseOutline } from '../catalogue/queries.ts';
import type { Context } from '../platform/context.ts';
import { today } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getOwnParticipation } from '../training/queries.ts';

type OwnParticipation = NonNullable<Awaited<ReturnType<typeof getOwnParticipation>>>;
export type CourseOutline = Awaited<ReturnType<typeof getCourseOutline>>;
export type OutlineLesson = CourseOutline['modules'][number]['lessons'][number];

/** A learner's own class with the course it is held on. */
export type OwnClass = Readonly<{ participation: OwnParticipation; courseVersionId: string; access: ClassAccess }>;

/**
 * `open`: learning counts. `not_yet`: before its first day. `closed`: ended or cancelled; lessons can be seen again, and
 * nothing counts any more.
 */
export type ClassAccess = 'open' | 'not_yet' | 'closed';

/** The person behind the actor. @throws {DomainError} `unauthenticated`, or `forbidden` for an account without a person */
export function ownPersonId(actor: Actor): string {
	if (actor.kind === 'anonymous') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	if (actor.kind !== 'account' || !actor.personId) throw new DomainError('forbidden', 'learning.no_person');
	return actor.personId;
}

/**
 * The actor's own participation in an online class; everybody else's is not found.
 * @throws {DomainError} `not_found` `learning.no_class`
 */
export async function getOwnClass(ctx: Context, participationId: string): Promise<OwnClass> {
	const participation = await getOwnParticipation(ctx.db, ownPersonId(ctx.actor), participationId);
	if (!participation?.courseVersionId) throw new DomainError('not_found', 'learning.no_class');
	return {
		participation,
		courseVersionId: participation.courseVersionId,
		access: classAccess(participation, today(ctx))
	};
}

/** @throws {DomainError} `conflict` when learning in this class does not count now */
export function assertOpen({ access }: OwnClass): void {
	if (access === 'not_yet') throw new DomainError('conflict', 'learning.class_not_yet');
	if (access === 'closed') throw new DomainError('conflict', 'learning.class_closed');
}

/** What learning in a class with this state means on this day. */
export function classAccess(
	{ status, startsOn }: Pick<OwnParticipation, 'status' | 'startsOn'>,
	day: string
): ClassAccess {
	if (status !== 'planned' && status !== 'ongoing') return 'closed';
	return startsOn <= day ? 'open' : 'not_yet';
}

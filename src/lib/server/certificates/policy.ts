import { sql } from 'drizzle-orm';
import type { CertificateDesign } from '#lib/certificates/content.ts';
import type { CertificatePolicy } from '#lib/certificates/input.ts';
import { ACTIVITY_KINDS, type ActivityKind } from '#lib/training/activity.ts';
import type { Database } from '../platform/database.ts';

/** Kinds of activity that end with a certificate; whoever sits in a conference takes none home. */
const CERTIFIED_KINDS: readonly ActivityKind[] = ACTIVITY_KINDS.filter(
	(kind) => kind === 'training' || kind === 'refresher'
);

/** What holds for the certificates of one class. */
export type ClassRule = Readonly<{
	policy: CertificatePolicy;
	/** Null where no unit above has made a template yet; nothing can be issued then. */
	template: Readonly<{ unitId: string; design: CertificateDesign }> | null;
}>;

type Row = {
	kind: ActivityKind;
	source: string;
	status: string;
	own: CertificatePolicy | null;
	unitId: string | null;
	policy: CertificatePolicy | null;
	design: CertificateDesign;
};

/**
 * The policy and the design for a class: its own policy where it has one, else that of the nearest unit above its
 * organiser that has a template. Without a template certificates wait. Classes elsewhere and conferences have none.
 */
export async function ruleOf(db: Database, activityId: string): Promise<ClassRule> {
	const [row] = await db.execute<Row>(sql`
		select a.kind, a.source, a.status, own.policy as own, t.unit_id as "unitId", t.policy,
			json_build_object('title', t.title, 'governingBody', t.governing_body, 'issuingBody', t.issuing_body,
				'place', t.place, 'signerTitle', t.signer_title, 'signerName', t.signer_name,
				'numberSuffix', t.number_suffix, 'completionText', t.completion_text,
				'hasNationalHeading', t.has_national_heading, 'hasSealPlace', t.has_seal_place, 'logoKey', t.logo_key) as design
		from training_activity a join unit organiser on organiser.id = a.organiser_unit_id
		left join certificate_class_policy own on own.activity_id = a.id
		left join lateral (
			select t.* from certificate_template t join unit u on u.id = t.unit_id
			where organiser.path <@ u.path order by nlevel(u.path) desc limit 1) t on true
		where a.id = ${activityId}`);
	const isCertified = row && row.source === 'own' && CERTIFIED_KINDS.includes(row.kind) && row.status !== 'cancelled';
	if (!isCertified) return { policy: 'never', template: null };
	const template = row.unitId ? { unitId: row.unitId, design: row.design } : null;
	return { policy: row.own ?? row.policy ?? 'after_approval', template };
}

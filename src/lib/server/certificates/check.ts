import { eq } from 'drizzle-orm';
import { plainCode } from '#lib/certificates/content.ts';
import type { Context } from '../platform/context.ts';
import { certificates } from './tables.ts';

/** What anybody may know of a certificate whose code they hold: name, class, date, validity, and nothing else. */
export type Checked = Readonly<{ fullName: string; className: string; issuedOn: string; isValid: boolean }>;

/** Looks a code up; undefined when there is none. Needs no session: the code has 60 bits and is printed on the paper. */
export async function checkCertificate(ctx: Context, typed: string): Promise<Checked | undefined> {
	const [row] = await ctx.db
		.select({ content: certificates.content, state: certificates.state })
		.from(certificates)
		.where(eq(certificates.code, plainCode(typed)));
	if (!row?.content) return undefined;
	const { fullName, className, issuedOn } = row.content;
	return { fullName, className, issuedOn, isValid: row.state === 'issued' };
}

import type { Context } from '#lib/server/platform/context.ts';
import type { Locale } from '#lib/i18n/index.ts';
import type { TextSize } from '#lib/identity/cookies.ts';
import type { OtherOrigins } from '#lib/server/platform/security-headers.ts';
import type { TwoStepState } from '#lib/identity/two-step.ts';

declare global {
	namespace App {
		interface Locals {
			/** What every use case of this request gets. */
			ctx: Context;
			/** Hash of the session cookie's token, when there is a session. */
			sessionId?: Buffer;
			/** How the account stands to the second step of signing in, when there is a session. */
			twoStep?: { state: TwoStepState; dueOn: string | null };
			/** Set while the session's owner looks at the product as somebody else: `ctx` is that account's and only reads. */
			viewing?: { until: Date; owner: Context };
			locale: Locale;
			textSize: TextSize;
			/** Ties log lines, audit events and the number on an error page together. */
			requestId: string;
			/** Origins of object store and content host, for the content policy. */
			otherOrigins?: OtherOrigins;
			/** Status of the rule that said no to this request. */
			refusedStatus?: number;
		}
		interface Error {
			/** The sentence to show, in the language of the request. */
			message: string;
			/** The true status; `page.status` says 500 for every rule that said no (ADR-0009). */
			status?: number;
			/** DomainError code, for the sentence. */
			code?: string;
			params?: Record<string, string | number>;
			/** Number a person can quote when something broke. */
			reference?: string;
		}
	}
}

export {};

import type { Context } from '#lib/server/platform/context.ts';
import type { Locale } from '#lib/i18n/index.ts';

declare global {
	namespace App {
		interface Locals {
			/** What every use case of this request gets. */
			ctx: Context;
			/** Hash of the session cookie's token, when there is a session. */
			sessionId?: Buffer;
			locale: Locale;
		}
		interface Error {
			message: string;
			/** DomainError code, for the sentence. */
			code?: string;
			params?: Record<string, string | number>;
			/** Number a person can quote when something broke. */
			reference?: string;
		}
	}
}

export {};

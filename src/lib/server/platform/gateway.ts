import { createHmac } from 'node:crypto';
import type { Config } from './config.ts';
import type { Handover } from './mailer.ts';

/** A short message to a telephone. */
export type PhoneMessage = Readonly<{
	/** Same for every try: the gateway sends one id once. */
	id: string;
	/** `+84912345678` (E.164). */
	phone: string;
	/** What an SMS says, link included. */
	text: string;
	/** For gateways with registered templates (Zalo ZNS): which one, and its values. */
	template: string;
	params: Readonly<Record<string, string | number>>;
	url: string;
}>;

const TIMEOUT_MS = 15_000;

/**
 * Hands a message to the gateway of the configuration: one POST of JSON, signed with HMAC-SHA-256 over
 * `<X-Timestamp>.<body>`. Any 2xx means taken over; 408, 425, 429 and 5xx are tried again, other answers are not. What
 * stands between this and Zalo OA or an SMS brandname is the province's own small bridge or its provider's webhook.
 */
export async function sendToGateway(
	{ url, secret }: NonNullable<Config['gateway']>,
	message: PhoneMessage,
	now: Date
): Promise<Handover> {
	const body = JSON.stringify(message);
	const timestamp = String(Math.floor(now.getTime() / 1000));
	const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
	try {
		const answer = await fetch(url, {
			method: 'POST',
			body,
			headers: {
				'Content-Type': 'application/json',
				'X-Timestamp': timestamp,
				'X-Signature': `sha256=${signature}`,
				'Idempotency-Key': message.id
			},
			redirect: 'error', // the message belongs to the configured gateway and nobody else
			signal: AbortSignal.timeout(TIMEOUT_MS)
		});
		await answer.body?.cancel();
		if (answer.ok) return { isTaken: true };
		const isFinal = answer.status < 500 && ![408, 425, 429].includes(answer.status);
		return { isTaken: false, failure: `HTTP ${answer.status}`, isFinal, isUnreachable: false };
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		const code = (cause as { code?: string }).code ?? (cause as Error).name;
		return { isTaken: false, failure: code, isFinal: false, isUnreachable: true };
	}
}

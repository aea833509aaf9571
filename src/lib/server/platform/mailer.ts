import nodemailer from 'nodemailer';
import type { Config } from './config.ts';

/** One mail to one address, in both forms. */
type Mail = Readonly<{
	to: Readonly<{ name: string; address: string }>;
	subject: string;
	text: string;
	html: string;
	/** Same for every try of the same mail, so that a mailbox shows it once; for example a delivery's id. */
	id: string;
}>;

/**
 * What became of one thing sent through a carrier: taken over, or not. `isFinal`: trying again is of no use.
 * `isUnreachable`: the carrier does not answer at all, others would fare no better now.
 */
export type Handover = Readonly<
	{ isTaken: true } | { isTaken: false; failure: string; isFinal: boolean; isUnreachable: boolean }
>;

/** An open connection to the mail server. */
export type Mailer = Readonly<{ send(mail: Mail): Promise<Handover>; close(): void }>;

/** Connections at once: a province's relay is shared with its other systems. */
const CONNECTIONS = 3;
const TIMEOUT_MS = 20_000;

/**
 * Opens a pool to the SMTP server of the configuration. Away from this machine the connection is encrypted or refused,
 * unless SMTP_URL says `?ignoreTLS=true` (a relay inside the closed network that knows no TLS).
 */
export function openMailer({ url, from }: NonNullable<Config['mail']>): Mailer {
	const { hostname, searchParams } = new URL(url);
	const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
	const transport = nodemailer.createTransport({
		url,
		pool: true,
		maxConnections: CONNECTIONS,
		requireTLS: !isHere && searchParams.get('ignoreTLS') !== 'true',
		connectionTimeout: TIMEOUT_MS,
		greetingTimeout: TIMEOUT_MS,
		socketTimeout: TIMEOUT_MS,
		// Attachments and bodies come from us as values; a path or an address in them must never be read.
		disableFileAccess: true,
		disableUrlAccess: true
	});
	const domain = from.replace(/^.*@|>.*$/g, '');
	return {
		async send({ to, subject, text, html, id }) {
			try {
				await transport.sendMail({
					...{ from, to, subject, text, html },
					messageId: `<${id}@${domain}>`,
					headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
				});
				return { isTaken: true };
			} catch (error) {
				return refused(error);
			}
		},
		close: () => transport.close()
	};
}

/** The server's answer without its words, which repeat the address. */
function refused(error: unknown): Handover {
	const { responseCode, response, code } = error as { responseCode?: number; response?: string; code?: string };
	const enhanced = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response ?? '')?.[0];
	// Only a refusal of this address or this letter is for good; a refused sign-in may be mended before the next try.
	const isOfThis = code === 'EENVELOPE' || code === 'EMESSAGE';
	const failure = responseCode ? ['SMTP', responseCode, enhanced].filter(Boolean).join(' ') : (code ?? 'SMTP');
	return {
		isTaken: false,
		failure,
		isFinal: isOfThis && (responseCode ?? 0) >= 500,
		isUnreachable: !isOfThis
	};
}

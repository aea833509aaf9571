import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server on this machine that keeps what it gets. */
export type Mailbox = Readonly<{
	url: string;
	mails: ParsedMail[];
	/** From now on answers with this to addresses that match; undefined takes everything again. */
	refuse(address: RegExp | undefined, code?: number): void;
	close(): Promise<void>;
}>;

/** Listens on a free port of the loopback; asks for a user name and password as a real relay does. */
export async function openMailbox(): Promise<Mailbox> {
	const mails: ParsedMail[] = [];
	let refused: RegExp | undefined;
	let refusalCode = 550;
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _, done) =>
			username === 'relay' && password === 'secret' ? done(null, { user: username }) : done(new Error('denied')),
		onRcptTo({ address }, _, done) {
			if (!refused?.test(address)) return done();
			done(Object.assign(new Error(`5.1.1 <${address}> unknown`), { responseCode: refusalCode }));
		},
		onData(stream, _, done) {
			simpleParser(stream).then(
				(mail) => {
					mails.push(mail);
					done();
				},
				(error: Error) => done(error)
			);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://relay:secret@127.0.0.1:${port}`,
		mails,
		refuse(address, code = 550) {
			refused = address;
			refusalCode = code;
		},
		close: () => new Promise((resolve) => server.close(() => resolve()))
	};
}

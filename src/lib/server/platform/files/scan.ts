import net from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { DomainError } from '../errors.ts';
import { log } from '../log.ts';

/** How a scanner is spoken to; absent in the configuration, nothing is scanned. */
export type ScannerConfig = Pick<Config, 'scanner'>;

type Scanner = NonNullable<Config['scanner']>;
type FileBytes = Uint8Array | AsyncIterable<Uint8Array>;

/** Silence after which the scanner counts as not answering, milliseconds. */
const SILENCE_MS = 30_000;
const CHUNK_BYTES = 64 * 1024;

/**
 * Has a file looked at by the agency's scanner, where one is configured (OWASP ASVS 5.0, 5.4.3). A scanner that does not
 * answer lets nothing in.
 * @throws {DomainError} `invalid` `form.file_infected`; `conflict` `form.scan_unavailable`, and `form.scan_too_large` where
 * the scanner takes no file of that size
 */
export async function scanFile({ scanner }: ScannerConfig, file: FileBytes): Promise<void> {
	if (!scanner) return;
	const answer = await ask(scanner, 'zINSTREAM\0', file).catch((error: unknown) => String(error));
	if (answer.endsWith(': OK')) return;
	const isTooLarge = /^INSTREAM size limit exceeded|Heuristics\.Limits\.Exceeded/.test(answer);
	if (answer.endsWith(' FOUND') && !isTooLarge) {
		log.warn({ found: answer }, 'a file was refused by the scanner');
		throw new DomainError('invalid', 'form.file_infected');
	}
	log.error({ answer }, 'the scanner did not judge a file');
	throw new DomainError('conflict', isTooLarge ? 'form.scan_too_large' : 'form.scan_unavailable');
}

/** The scanner's version. @throws where it does not answer */
export function scannerVersion(scanner: Scanner): Promise<string> {
	return ask(scanner, 'zVERSION\0');
}

/** True when the scanner judges files of that size; as many zeros are sent to it. @throws where it does not answer */
export async function takesFilesOf(scanner: Scanner, bytes: number): Promise<boolean> {
	return (await ask(scanner, 'zINSTREAM\0', zeros(bytes))).endsWith(': OK');
}

async function* zeros(bytes: number): AsyncGenerator<Uint8Array> {
	const part = new Uint8Array(CHUNK_BYTES);
	for (let left = bytes; left > 0; left -= CHUNK_BYTES) yield part.subarray(0, Math.min(left, CHUNK_BYTES));
}

/**
 * One command of clamd's protocol (clamd(8)): null-terminated, a file in chunks of a four-byte length in network order and
 * their bytes, the end a length of zero. The answer ends with a null too.
 */
function ask(scanner: Scanner, command: string, file?: FileBytes): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = net.connect(scanner);
		let said = '';
		socket.setEncoding('utf8');
		socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('the scanner is silent')));
		socket.on('data', (part: string) => {
			said += part;
			if (!said.endsWith('\0')) return;
			resolve(said.slice(0, -1).trim());
			socket.destroy();
		});
		socket.on('error', reject);
		socket.on('close', () => reject(new Error('the scanner hung up')));
		send(socket, command, file).catch((error: Error) => socket.destroy(error));
	});
}

/**
 * One piece after the other, so that memory stays the same whatever a file holds, and listening between them: a scanner that
 * has enough says why and hangs up, and a write that fails would take what it said along.
 */
async function send(socket: net.Socket, command: string, file?: FileBytes): Promise<void> {
	const say = async (bytes: Uint8Array | string) => {
		await new Promise<void>((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())));
		await setImmediate();
	};
	await say(command);
	if (!file) return;
	for await (const part of file instanceof Uint8Array ? [file] : file) {
		for (let from = 0; from < part.byteLength; from += CHUNK_BYTES) {
			await say(asChunk(part.subarray(from, from + CHUNK_BYTES)));
		}
	}
	await say(asChunk(new Uint8Array()));
}

function asChunk(bytes: Uint8Array): Buffer {
	const chunk = Buffer.alloc(4 + bytes.byteLength);
	chunk.writeUInt32BE(bytes.byteLength);
	chunk.set(bytes, 4);
	return chunk;
}

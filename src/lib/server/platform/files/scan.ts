import net from 'node:net';
import type { Config } from '../config.ts';
import { DomainError } from '../errors.ts';
import { log } from '../log.ts';

/** How a scanner is spoken to; absent in the configuration, nothing is scanned. */
export type ScannerConfig = Pick<Config, 'scanner'>;

/** Silence after which the scanner counts as not answering, milliseconds. */
const SILENCE_MS = 30_000;
const CHUNK_BYTES = 64 * 1024;

/**
 * Has a file looked at by the agency's scanner, where one is configured (OWASP ASVS 5.0, 5.4.3). A scanner that does not
 * answer lets nothing in.
 * @throws {DomainError} `invalid` `form.file_infected`; `conflict` `form.scan_unavailable`
 */
export async function scanFile({ scanner }: ScannerConfig, bytes: Uint8Array): Promise<void> {
	if (!scanner) return;
	const answer = await ask(scanner, 'zINSTREAM\0', bytes).catch((error: unknown) => String(error));
	if (answer.endsWith(': OK')) return;
	if (answer.endsWith(' FOUND')) {
		log.warn({ found: answer }, 'a file was refused by the scanner');
		throw new DomainError('invalid', 'form.file_infected');
	}
	log.error({ answer }, 'the scanner did not judge a file');
	throw new DomainError('conflict', 'form.scan_unavailable');
}

/** The scanner's version. @throws where it does not answer */
export async function scannerVersion(scanner: NonNullable<Config['scanner']>): Promise<string> {
	return ask(scanner, 'zVERSION\0');
}

/**
 * One command of clamd's protocol (clamd(8)): null-terminated, a file in chunks of a four-byte length in network order and
 * their bytes, the end a length of zero.
 */
function ask(scanner: NonNullable<Config['scanner']>, command: string, file?: Uint8Array): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = net.connect(scanner);
		const said: Buffer[] = [];
		socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('the scanner is silent')));
		socket.on('data', (part) => said.push(part));
		socket.on('error', reject);
		socket.on('close', () => resolve(Buffer.concat(said).toString('utf8').replaceAll('\0', '').trim()));
		socket.on('connect', () => {
			socket.write(command);
			if (file) for (const part of inChunks(file)) socket.write(part);
		});
	});
}

function* inChunks(file: Uint8Array): Generator<Uint8Array> {
	for (let from = 0; from < file.byteLength; from += CHUNK_BYTES) {
		const part = file.subarray(from, from + CHUNK_BYTES);
		yield lengthOf(part.byteLength);
		yield part;
	}
	yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes);
	return length;
}

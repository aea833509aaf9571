// `npm run cli -- <command>`: the operator's line. Each command is a file in commands/.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isDomainError } from '#lib/server/platform/errors.ts';
import { errorText } from '#lib/i18n/errors.ts';
import { UsageError, type Command } from './command.ts';
import { ROOT } from './machine/installation.ts';
import { BackupError } from '#lib/server/platform/backup/backup-set.ts';
import { StartError } from './machine/progress.ts';
import { openOffline } from './machine/offline.ts';

const FOLDER = path.join(import.meta.dirname, 'commands');
const NAMES = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.ts'))
	.map((file) => file.slice(0, -'.ts'.length))
	.toSorted();

const load = async (name: string) => ((await import(path.join(FOLDER, `${name}.ts`))) as { command: Command }).command;

/** Finds `account create` before `account`. */
function split(words: readonly string[]): { name?: string; rest: readonly string[] } {
	for (const length of [2, 1]) {
		const name = words.slice(0, length).join('-');
		if (words.length >= length && NAMES.includes(name)) return { name, rest: words.slice(length) };
	}
	return { rest: words };
}

const spoken = (name: string, summary: string) => `  ${COMMAND_WORDS.get(name)?.padEnd(24) ?? name} ${summary}`;

/** `account-reset-password` is said `account reset-password`: the first word groups. */
const COMMAND_WORDS = new Map(NAMES.map((name) => [name, said(name)]));

function said(name: string): string {
	const [group, ...rest] = name.split('-');
	const isGroup = rest.length > 0 && ['account', 'lecture'].includes(group ?? '');
	return isGroup ? `${group} ${rest.join('-')}` : name;
}

async function overview(): Promise<string> {
	const lines = await Promise.all(NAMES.map(async (name) => spoken(name, (await load(name)).summary)));
	return ['npm run cli -- <lệnh / command> [--help] [--json]', '', ...lines].join('\n');
}

function usageOf(name: string, command: Command): string {
	const lines = [`npm run cli -- ${said(name)} ${command.usage}`, '', `  ${command.summary}`];
	return [...lines, ...(command.details ?? []).map((line) => `  ${line}`)].join('\n');
}

async function main(words: readonly string[]): Promise<number> {
	const { name, rest } = split(words);
	if (!name) {
		const isAsked = words.length === 0 || words.includes('--help');
		(isAsked ? console.log : console.error)(await overview());
		return isAsked ? 0 : 2;
	}
	const command = await load(name);
	const isJson = rest.includes('--json');
	const product = openOffline();
	try {
		const { values, positionals } = parseArgs({
			args: [...rest],
			allowPositionals: true,
			options: { ...command.options, help: { type: 'boolean' }, json: { type: 'boolean' } }
		});
		if (values.help) {
			console.log(usageOf(name, command));
			return 0;
		}
		const note = (text: string) => process.stderr.write(`${text}\n`);
		const result = await command.run({ values, positionals, ctx: product.ctx, bare: product.bare, note });
		console.log(isJson ? JSON.stringify(result.data, null, 2) : result.text);
		return result.exitCode ?? 0;
	} catch (error) {
		return explain(error, usageOf(name, command), isJson);
	} finally {
		await product.close();
	}
}

function explain(error: unknown, usage: string, isJson: boolean): number {
	const isUsage = error instanceof UsageError || /^ERR_PARSE_ARGS/.test((error as NodeJS.ErrnoException).code ?? '');
	const message = isDomainError(error) ? errorText('vi', error.code, error.params) : (error as Error).message;
	const code = isDomainError(error) ? error.code : isUsage ? 'usage' : 'failed';
	if (isJson) console.log(JSON.stringify({ error: { code, message } }, null, 2));
	else if (isUsage) console.error(`✗ ${message}\n\n${usage}`);
	else if (isDomainError(error)) console.error(`✗ ${message}\n  ${errorText('en', error.code, error.params)}`);
	else console.error(error instanceof StartError || error instanceof BackupError ? `✗ ${message}` : error);
	return isUsage ? 2 : 1;
}

process.env.LOG_LEVEL ??= 'warn';
const startedIn = process.cwd();
// npm runs scripts in the clone; file names are meant from where the person stands.
if (startedIn === ROOT && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.exitCode = await main(process.argv.slice(2));

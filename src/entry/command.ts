import type { ParseArgsOptionsConfig } from 'node:util';
import type { Config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** What a command was called with. The database is opened by {@link CommandCall.ctx} only, so `transcode` needs none. */
export type CommandCall = Readonly<{
	/** Options by name, as node:util parseArgs returns them. */
	values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
	positionals: readonly string[];
	/** A context that acts as the system; starts the embedded database for the time of the command where it does not run. */
	ctx(): Promise<Context>;
	/** The settings with the database reachable and left as it is: not migrated, no reference data, no queue. */
	bare(): Promise<Config>;
	/** A line of progress on stderr, so that stdout stays clean. */
	note(text: string): void;
}>;

/** `text` is printed for people, `data` with `--json`; `exitCode` 0 unless given. */
export type CommandResult = Readonly<{ text: string; data: unknown; exitCode?: number }>;

/**
 * One command of the operator's line. A file `commands/account-create.ts` that exports it as `command` is
 * `npm run cli -- account create`; nothing else has to be registered.
 */
export type Command = Readonly<{
	/** One line, Vietnamese and English. */
	summary: string;
	/** Arguments after the name, for example `FILE [--dry-run]`. */
	usage: string;
	/** Lines that explain arguments and options. */
	details?: readonly string[];
	options?: ParseArgsOptionsConfig;
	run(call: CommandCall): Promise<CommandResult>;
}>;

/** The command was called wrongly; the message says how, and the usage is shown after it. */
export class UsageError extends Error {}

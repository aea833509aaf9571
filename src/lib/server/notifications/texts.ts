import { and, eq } from 'drizzle-orm';
import type { NoticeTextInput } from '#lib/notifications/input.ts';
import { textProblem, type NoticeDefinition } from '#lib/notifications/notice.ts';
import { findTemplate, TEMPLATES } from '#lib/notifications/templates.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { noticeTexts } from './tables.ts';

/** Every kind of message with its present Vietnamese title. */
export async function listTexts(ctx: Context) {
	authorise(ctx.actor, 'messages:manage');
	const edited = await ctx.db.select().from(noticeTexts);
	return Object.entries(TEMPLATES as Record<string, NoticeDefinition>).map(([key, { group, vi }]) => {
		const own = edited.find(({ template }) => template === key);
		return { key, group, title: own?.title ?? vi.title, isEdited: own !== undefined };
	});
}

/**
 * One kind of message for its editor: the words that hold, those delivered, and what may be filled in.
 * @throws {DomainError} `not_found`
 */
export async function getText(ctx: Context, key: string) {
	authorise(ctx.actor, 'messages:manage');
	const definition = getTemplate(key);
	const [own] = await ctx.db.select().from(noticeTexts).where(eq(noticeTexts.template, key));
	const { title, body, action = null } = own ?? definition.vi;
	return {
		key,
		group: definition.group,
		params: definition.params,
		sample: definition.sample as Record<string, string | number>,
		delivered: definition.vi,
		text: { title, body, action },
		version: own?.version ?? 0
	};
}

/**
 * Puts an admin's words in the place of the delivered ones. Messages sent before show them too: a message keeps what it
 * is about, not how it was worded.
 * @throws {DomainError} `invalid` for places the message has no value for and for a person's name in the title; `conflict`
 * `form.stale` when somebody else was quicker
 */
export async function saveText(ctx: Context, key: string, { version, ...words }: NoticeTextInput): Promise<void> {
	authorise(ctx.actor, 'messages:manage');
	const problem = textProblem(getTemplate(key), words);
	if (problem) throw new DomainError('invalid', problem);
	const text = { ...words, action: words.action || null };
	await ctx.db.transaction(async (tx) => {
		const saved = version === 0 ? await insert(ctx, tx, key, text) : await update(ctx, tx, key, version, text);
		if (saved.length === 0) throw new DomainError('conflict', 'form.stale');
		await recordAudit(ctx, tx, 'notice_text.edited', { objectId: key, ...text });
	});
}

/** Goes back to the delivered words. */
export async function resetText(ctx: Context, key: string): Promise<void> {
	authorise(ctx.actor, 'messages:manage');
	await ctx.db.transaction(async (tx) => {
		const removed = await tx.delete(noticeTexts).where(eq(noticeTexts.template, key)).returning();
		if (removed.length > 0) await recordAudit(ctx, tx, 'notice_text.reset', { objectId: key });
	});
}

type Text = Readonly<{ title: string; body: string; action: string | null }>;

const recorded = (ctx: Context) => ({
	recordedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
	recordedAt: ctx.now
});

function insert(ctx: Context, tx: Database, template: string, text: Text) {
	return tx
		.insert(noticeTexts)
		.values({ template, ...text, ...recorded(ctx) })
		.onConflictDoNothing()
		.returning();
}

function update(ctx: Context, tx: Database, template: string, version: number, text: Text) {
	return tx
		.update(noticeTexts)
		.set({ ...text, ...recorded(ctx), version: version + 1 })
		.where(and(eq(noticeTexts.template, template), eq(noticeTexts.version, version)))
		.returning();
}

function getTemplate(key: string): NoticeDefinition {
	const definition = findTemplate(key);
	if (!definition) throw new DomainError('not_found', 'notifications.no_text');
	return definition;
}

import { sql } from 'drizzle-orm';
import { findTemplate } from '#lib/notifications/templates.ts';
import type { Context } from '../platform/context.ts';
import { sendToGateway } from '../platform/gateway.ts';
import { openMailer, type Handover, type Mailer } from '../platform/mailer.ts';
import { composeDigest, composeMail, composeShort, type Outgoing, type Sender } from './compose.ts';
import { giveBack, note, takeDigest, takeSingles, type Taken } from './outbox.ts';
import { wordsOf } from './words.ts';

/** Hands one group over; undefined when there is nobody to hand it to any more. */
type Carrier = (group: readonly Taken[]) => Promise<Handover | undefined>;

/**
 * Sends what is due, batch by batch, until nothing is left or the worker must stop. Several workers may do so at once.
 * A crash between the carrier's yes and ours repeats a mail under the same Message-ID, which mailboxes show once.
 */
export async function deliverDue(ctx: Context, signal: AbortSignal): Promise<void> {
	const { mail, gateway } = ctx.config;
	const sender = await senderOf(ctx);
	const mailer = mail && openMailer(mail);
	try {
		if (mailer) {
			const byMail = mailCarrier(ctx, mailer, sender);
			await empty(ctx, () => takeSingles(ctx, 'mail'), byMail, signal);
			await empty(ctx, () => takeDigest(ctx), byMail, signal);
		}
		if (gateway) await empty(ctx, () => takeSingles(ctx, 'phone'), phoneCarrier(ctx, gateway, sender), signal);
	} finally {
		mailer?.close();
	}
}

/** Takes and sends until nothing is due. A carrier that cannot be reached at all is left alone until the next run. */
async function empty(ctx: Context, take: () => Promise<Taken[][]>, carry: Carrier, signal: AbortSignal): Promise<void> {
	for (let taken = await take(); taken.length > 0; taken = await take()) {
		for (const [i, group] of taken.entries()) {
			const needed = group.filter(({ isDigest, isRead }) => !isDigest || !isRead);
			const done = needed.length > 0 ? await carry(needed) : undefined;
			const rest = taken.slice(i + 1);
			if (done && !done.isTaken && done.isUnreachable) {
				return giveBack(ctx, rest, { group, failure: done.failure });
			}
			await note(ctx, needed, done);
			await note(
				ctx,
				group.filter((one) => !needed.includes(one)),
				undefined
			);
			if (signal.aborted) return giveBack(ctx, rest);
		}
	}
}

function mailCarrier(ctx: Context, mailer: Mailer, sender: Sender): Carrier {
	return async (group) => {
		const [first] = group;
		const [message, ...more] = group.map((one) => outgoing(ctx, one)).filter(({ title }) => title !== '');
		if (!first?.email || !message) return undefined;
		const { id, fullName, email } = first;
		const composed = first.isDigest
			? composeDigest([message, ...more], fullName, sender)
			: composeMail(message, fullName, sender);
		return mailer.send({ id, to: { name: fullName, address: email }, ...composed });
	};
}

function phoneCarrier(ctx: Context, gateway: NonNullable<Context['config']['gateway']>, sender: Sender): Carrier {
	return async ([one]) => {
		const message = one && outgoing(ctx, one);
		if (!one?.phone || !message?.title) return undefined;
		const { id, phone, template } = one;
		const text = composeShort(message, sender);
		const sent = { id, phone: `+84${phone.slice(1)}`, text, template, params: withoutNames(one), url: message.url };
		return sendToGateway(gateway, sent, ctx.now);
	};
}

function outgoing(ctx: Context, one: Taken): Outgoing {
	const { editedTitle: title, editedBody: body, editedAction: action } = one;
	const edited = title === null || body === null ? null : { title, body, action };
	return { ...wordsOf(one, edited, 'vi'), url: `${addressOf(ctx)}/messages/${one.notificationId}` };
}

function withoutNames({ template, params }: Taken): Record<string, string | number> {
	const kinds = findTemplate(template)?.params ?? {};
	return Object.fromEntries(Object.entries(params).filter(([name]) => kinds[name] !== 'name'));
}

async function senderOf(ctx: Context): Promise<Sender> {
	// Read by name: the site's particulars belong to a module further right.
	const [row] = await ctx.db.execute<{ values: Record<string, string> }>(sql`select "values" from site_setting`);
	return {
		site: row?.values.name || 'Tập huấn trực tuyến phổ biến, giáo dục pháp luật',
		owner: row?.values.owner ?? '',
		settingsUrl: `${addressOf(ctx)}/messages/settings`
	};
}

const addressOf = ({ config }: Context) => config.origin ?? `http://localhost:${config.port}`;

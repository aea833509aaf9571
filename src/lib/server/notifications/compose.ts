import type { Words } from './words.ts';

/** A message as it leaves: its words and the address that opens it. */
export type Outgoing = Words & Readonly<{ url: string }>;

/** What every mail of this installation says of itself. */
export type Sender = Readonly<{ site: string; owner: string; settingsUrl: string }>;

type Composed = Readonly<{ subject: string; text: string; html: string }>;

const OPEN = 'Mở trên hệ thống';
const SIGN_IN_NOTE = 'Đường dẫn mở sau khi đăng nhập. Cơ quan không bao giờ hỏi mật khẩu hoặc mã xác thực qua thư này.';
const CHOOSE = 'Thư gửi tự động, đề nghị không trả lời. Chọn cách nhận thông báo:';

/** One message as a mail. The subject is the title, which never holds a person's name. */
export function composeMail(message: Outgoing, to: string, sender: Sender): Composed {
	const action = message.action ?? OPEN;
	return {
		subject: message.title,
		text: [`Kính gửi Ông/Bà ${to},`, message.title, message.body, `${action}: ${message.url}`, ...foot(sender)].join(
			'\n\n'
		),
		html: page(
			sender,
			`<p>Kính gửi Ông/Bà ${escape(to)},</p><h1 style="${H1}">${escape(message.title)}</h1>${paragraphs(message.body)}
			<p><a href="${escape(message.url)}" style="${BUTTON}">${escape(action)}</a></p>`
		)
	};
}

/** The messages of a day that are still unread, in one mail. */
export function composeDigest(messages: readonly Outgoing[], to: string, sender: Sender): Composed {
	const subject = `Tổng hợp ${messages.length < 10 ? '0' : ''}${messages.length} thông báo chưa đọc`;
	const items = messages.map(
		({ title, body, url }) =>
			`<li style="margin:0 0 16px"><a href="${escape(url)}" style="font-weight:600">${escape(title)}</a>${paragraphs(body)}</li>`
	);
	return {
		subject,
		text: [
			`Kính gửi Ông/Bà ${to},`,
			subject,
			...messages.map(({ title, body, url }) => `– ${title}\n${body}\n${url}`),
			...foot(sender)
		].join('\n\n'),
		html: page(
			sender,
			`<p>Kính gửi Ông/Bà ${escape(to)},</p><h1 style="${H1}">${escape(subject)}</h1>
			<ul style="margin:0;padding:0 0 0 20px">${items.join('')}</ul>`
		)
	};
}

/** What a telephone shows: the title and the address, nothing of the content (locked screens show it to anybody). */
export function composeShort(message: Outgoing, sender: Sender): string {
	return `${sender.owner || sender.site}: ${message.title}. ${message.url}`;
}

const foot = ({ site, owner, settingsUrl }: Sender) => [
	SIGN_IN_NOTE,
	`--\n${[owner, site].filter(Boolean).join('\n')}\n${CHOOSE} ${settingsUrl}`
];

// Mail programs know no style sheets: what there is stands in the elements.
const H1 = 'margin:16px 0;font-size:20px;line-height:1.3;color:#0b3d91';
const BUTTON =
	'display:inline-block;padding:12px 24px;border-radius:6px;background:#1565c0;color:#ffffff;font-weight:600;text-decoration:none';

function page({ site, owner, settingsUrl }: Sender, content: string): string {
	return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(site)}</title></head>
<body style="margin:0;background:#f4f6fa;color:#16233a;font:16px/1.55 'Segoe UI',Roboto,Arial,sans-serif">
<div style="max-width:600px;margin:0 auto;padding:16px">
<div style="padding:12px 20px;background:#0b3d91;color:#ffffff;border-radius:8px 8px 0 0">${escape(owner)}<br><strong>${escape(site)}</strong></div>
<div style="padding:20px;background:#ffffff;border-radius:0 0 8px 8px">${content}</div>
<p style="font-size:13px;color:#47566e">${SIGN_IN_NOTE}<br>${CHOOSE} <a href="${escape(settingsUrl)}">${escape(settingsUrl)}</a></p>
</div></body></html>`;
}

function paragraphs(body: string): string {
	return body
		.split('\n')
		.filter((line) => line.trim())
		.map((line) => `<p style="margin:0 0 8px">${escape(line)}</p>`)
		.join('');
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

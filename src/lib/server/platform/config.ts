import path from 'node:path';
import * as v from 'valibot';

const Flag = v.optional(v.picklist(['0', '1', 'true', 'false']), '0');
const Count = (fallback: string) =>
	v.optional(v.pipe(v.string(), v.regex(/^\d+$/, 'must be a whole number'), v.transform(Number)), fallback);

/** Every environment variable the product reads; nothing else looks at process.env. */
const Variables = v.object({
	/** PostgreSQL 15 or later, `postgres://user:password@host:port/name`. */
	DATABASE_URL: v.pipe(v.string('is required'), v.startsWith('postgres', 'must begin with postgres://')),
	/** The one folder that holds what is not in PostgreSQL or S3: uploads under way, objects, embedded database. */
	DATA_DIR: v.string('is required'),
	/** At least 32 characters; keys for personal numbers and signed links are derived from it. */
	SECRET_KEY: v.pipe(v.string('is required'), v.minLength(32, 'must have at least 32 characters')),
	/** Address that users type, for example https://taphuan.example.gov.vn */
	ORIGIN: v.optional(v.pipe(v.string(), v.url('must be an address such as https://taphuan.example.gov.vn'))),
	/**
	 * Address under which content of packages runs, for example https://noidung.example.vn, best with a `*` label that gives
	 * every package a name of its own (https://*.noidung.example.vn). It must lead to the same web process.
	 */
	CONTENT_ORIGIN: v.optional(
		v.pipe(
			v.string(),
			v.regex(/^https?:\/\/(\*\.)?[^/*]+\/?$/, 'must be an address such as https://*.noidung.example.vn')
		)
	),
	HOST: v.optional(v.string(), '127.0.0.1'),
	PORT: Count('3000'),
	/** Header in which the reverse proxy reports the client's address; without it the socket's address is taken. */
	ADDRESS_HEADER: v.optional(v.string()),
	DEMO: Flag,
	/** How many of the demo's sample lectures are drawn and transcoded; the rest wait for a file. Tests need but a few. */
	DEMO_LECTURES: Count('12'),
	S3_BUCKET: v.optional(v.string()),
	S3_ENDPOINT: v.optional(v.pipe(v.string(), v.url())),
	/** Address of the same storage as browsers reach it, where it differs from S3_ENDPOINT. */
	S3_PUBLIC_ENDPOINT: v.optional(v.pipe(v.string(), v.url())),
	S3_REGION: v.optional(v.string(), 'us-east-1'),
	S3_ACCESS_KEY_ID: v.optional(v.string()),
	S3_SECRET_ACCESS_KEY: v.optional(v.string()),
	S3_FORCE_PATH_STYLE: v.optional(v.picklist(['0', '1', 'true', 'false']), '1'),
	/** Largest lecture file, bytes. */
	UPLOAD_MAX_BYTES: Count(String(4 * 1024 ** 3)),
	/** Largest body of an ordinary form (documents, photographs, spreadsheets), bytes. */
	FORM_MAX_BYTES: Count(String(50 * 1024 ** 2)),
	FFMPEG_PATH: v.optional(v.string()),
	FFPROBE_PATH: v.optional(v.string()),
	SOFFICE_PATH: v.optional(v.string()),
	/**
	 * Program that writes down what is said: called with a sound file (WAV, 16 kHz, mono), the path of the WebVTT or SRT file
	 * it is to write, and the language (BCP 47). Without it no captions are made automatically.
	 */
	SPEECH_COMMAND: v.optional(v.pipe(v.string(), v.startsWith('/', 'must be the whole path of a program'))),
	/** Mail server, `smtps://user:password@mail.example.gov.vn` or `smtp://…:587`; without it nobody is told by mail. */
	SMTP_URL: v.optional(v.pipe(v.string(), v.regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://'), v.url())),
	/** Sender, `Tập huấn PBGDPL <khong-tra-loi@example.gov.vn>`. */
	MAIL_FROM: v.optional(v.pipe(v.string(), v.includes('@', 'must hold a mail address'))),
	/** Address that takes messages to telephones over to Zalo OA or SMS (docs/adr/0030); without it nobody is told so. */
	GATEWAY_URL: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//, 'must begin with https://'))),
	/** At least 16 characters; what is sent to GATEWAY_URL is signed with it. */
	GATEWAY_SECRET: v.optional(v.pipe(v.string(), v.minLength(16, 'must have at least 16 characters'))),
	/** What people call that way of being told. */
	GATEWAY_NAME: v.optional(v.string(), 'Zalo'),
	/** At least 16 characters; whoever sends it as `Authorization: Bearer` may read /metrics. Without it there is no such page. */
	METRICS_TOKEN: v.optional(v.pipe(v.string(), v.minLength(16, 'must have at least 16 characters'))),
	/** Provider of single sign-on (OpenID Connect), `https://sso.example.gov.vn`; with a client's id and secret it opens a second way to sign in. */
	OIDC_ISSUER: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//, 'must begin with https://'))),
	OIDC_CLIENT_ID: v.optional(v.string()),
	OIDC_CLIENT_SECRET: v.optional(v.string()),
	/** What the button at the sign-in page calls it. */
	OIDC_NAME: v.optional(v.string(), 'SSO'),
	OIDC_SCOPE: v.optional(v.string(), 'openid profile email'),
	/** Claim that holds the personal number, where the provider gives it. */
	OIDC_PERSONAL_NUMBER_CLAIM: v.optional(v.string(), 'personal_number'),
	/** Scanner for viruses that speaks clamd's protocol: `host:3310`, or the path of its socket. Without it nothing is scanned. */
	SCAN_CLAMD: v.optional(
		v.pipe(v.string(), v.regex(/^(?:\/.+|[^\s:/]+:\d{1,5})$/, 'must be host:port or the path of a socket'))
	),
	/** PEM file of the authorities that agencies' signatures on certificates are checked against (Ban Cơ yếu Chính phủ). */
	SIGNATURE_CA_FILE: v.optional(v.string())
});

const together = (one: 'SMTP_URL' | 'GATEWAY_URL', other: 'MAIL_FROM' | 'GATEWAY_SECRET') =>
	v.forward(
		v.check<v.InferOutput<typeof Variables>, string>((e) => !e[one] || Boolean(e[other]), `is required with ${one}`),
		[other]
	);
const Env = v.pipe(Variables, together('SMTP_URL', 'MAIL_FROM'), together('GATEWAY_URL', 'GATEWAY_SECRET'));

/** Settings of S3-compatible storage. */
export type S3Config = Readonly<{
	bucket: string;
	endpoint?: string;
	publicEndpoint?: string;
	region: string;
	accessKeyId?: string;
	secretAccessKey?: string;
	forcePathStyle: boolean;
}>;

/** The settings one process runs with; read once at its start. */
export type Config = Readonly<{
	databaseUrl: string;
	dataDir: string;
	secretKey: string;
	origin?: string;
	/** Absent: `content.localhost` beside `localhost`, else content runs without an origin of its own (docs/adr/0060). */
	contentOrigin?: string;
	host: string;
	port: number;
	addressHeader?: string;
	isDemo: boolean;
	demoLectures: number;
	/** Absent: objects are kept as files below `dataDir`. */
	s3?: S3Config;
	uploadMaxBytes: number;
	formMaxBytes: number;
	ffmpegPath?: string;
	ffprobePath?: string;
	sofficePath?: string;
	/** Absent: no captions are made automatically. */
	speechCommand?: string;
	/** Absent: no mail is sent. */
	mail?: Readonly<{ url: string; from: string }>;
	/** Absent: no metrics are kept. */
	metricsToken?: string;
	/** Absent: people sign in by password only. */
	sso?: Readonly<{
		issuer: string;
		clientId: string;
		clientSecret: string;
		name: string;
		scope: string;
		personalNumberClaim: string;
	}>;
	/** Absent: files are not scanned. */
	scanner?: Readonly<{ path: string } | { host: string; port: number }>;
	/** Absent: who signed is shown, but compared with no authority. */
	signatureCaFile?: string;
	/** Absent: nothing is sent to telephones. */
	gateway?: Readonly<{ url: string; secret: string; name: string }>;
}>;

function scannerAt(address: string): NonNullable<Config['scanner']> {
	if (address.startsWith('/')) return { path: address };
	const [host = '', port] = address.split(':');
	return { host, port: Number(port) };
}

const isOn = (flag: string) => flag === '1' || flag === 'true';

/** @throws {Error} naming each variable that is missing or malformed */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
	const parsed = v.safeParse(Env, env);
	if (!parsed.success) {
		const problems = parsed.issues.map((issue) => `${String(issue.path?.[0]?.key)} ${issue.message}`);
		throw new Error(`Invalid configuration\n  ${problems.join('\n  ')}`);
	}
	const e = parsed.output;
	return Object.freeze({
		databaseUrl: e.DATABASE_URL,
		dataDir: path.resolve(e.DATA_DIR),
		secretKey: e.SECRET_KEY,
		origin: e.ORIGIN,
		contentOrigin: e.CONTENT_ORIGIN?.replace(/\/$/, ''),
		host: e.HOST,
		port: e.PORT,
		addressHeader: e.ADDRESS_HEADER,
		isDemo: isOn(e.DEMO),
		demoLectures: e.DEMO_LECTURES,
		s3: e.S3_BUCKET
			? {
					bucket: e.S3_BUCKET,
					endpoint: e.S3_ENDPOINT,
					publicEndpoint: e.S3_PUBLIC_ENDPOINT,
					region: e.S3_REGION,
					accessKeyId: e.S3_ACCESS_KEY_ID,
					secretAccessKey: e.S3_SECRET_ACCESS_KEY,
					forcePathStyle: isOn(e.S3_FORCE_PATH_STYLE)
				}
			: undefined,
		uploadMaxBytes: e.UPLOAD_MAX_BYTES,
		formMaxBytes: e.FORM_MAX_BYTES,
		ffmpegPath: e.FFMPEG_PATH,
		ffprobePath: e.FFPROBE_PATH,
		sofficePath: e.SOFFICE_PATH,
		speechCommand: e.SPEECH_COMMAND,
		metricsToken: e.METRICS_TOKEN,
		scanner: e.SCAN_CLAMD ? scannerAt(e.SCAN_CLAMD) : undefined,
		sso:
			e.OIDC_ISSUER && e.OIDC_CLIENT_ID && e.OIDC_CLIENT_SECRET
				? {
						...{ issuer: e.OIDC_ISSUER, clientId: e.OIDC_CLIENT_ID, clientSecret: e.OIDC_CLIENT_SECRET },
						...{ name: e.OIDC_NAME, scope: e.OIDC_SCOPE, personalNumberClaim: e.OIDC_PERSONAL_NUMBER_CLAIM }
					}
				: undefined,
		signatureCaFile: e.SIGNATURE_CA_FILE,
		mail: e.SMTP_URL && e.MAIL_FROM ? { url: e.SMTP_URL, from: e.MAIL_FROM } : undefined,
		gateway:
			e.GATEWAY_URL && e.GATEWAY_SECRET
				? { url: e.GATEWAY_URL, secret: e.GATEWAY_SECRET, name: e.GATEWAY_NAME }
				: undefined
	});
}

import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { isReachableByOthers } from '#lib/server/platform/unprivileged-user.ts';
import { StartError } from './progress.ts';

/** The clone this file belongs to; everything that is part of the product is found from here. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Name of the database in the embedded PostgreSQL. */
export const DATABASE = 'buc_giang';

/** What was made up at the first start and must stay the same: without it signed links and personal numbers are lost. */
export type Secrets = Readonly<{ secretKey: string; databasePassword: string }>;

/** How this machine runs the product. */
export type Installation = Readonly<{
	dataDir: string;
	/** DATABASE_URL and ORIGIN are given: no demo data, no demo accounts, secrets only from the environment. */
	isProduction: boolean;
	/** False with DATABASE_URL: the database is somebody else's. */
	isDatabaseEmbedded: boolean;
	isDemo: boolean;
	/** Open to other machines: demo accounts then get passwords nobody can guess. */
	isOpen: boolean;
	host: string;
	port: number;
}>;

/** Reads the environment (and `.env` in the clone, which never overrides it) before anything is started. */
export async function findInstallation(): Promise<Installation> {
	if (existsSync(path.join(ROOT, '.env'))) process.loadEnvFile(path.join(ROOT, '.env'));
	const { DATABASE_URL, ORIGIN, DEMO, HOST = '127.0.0.1', PORT = '3000' } = process.env;
	const port = Number(PORT);
	if (!Number.isInteger(port) || port < 1 || port > 65535) {
		throw new StartError(`PORT=${PORT} không phải là một cổng.`, `PORT=${PORT} is not a port number.`);
	}
	const isProduction = Boolean(DATABASE_URL && ORIGIN);
	return {
		dataDir: await findDataDir(!DATABASE_URL),
		isProduction,
		isDatabaseEmbedded: !DATABASE_URL,
		isDemo: !isProduction && DEMO !== '0' && DEMO !== 'false',
		isOpen: !['127.0.0.1', '::1', 'localhost'].includes(HOST),
		host: HOST,
		port
	};
}

/**
 * `data` in the clone, except for root in a home that only root may enter: PostgreSQL, which runs as another user, could
 * not reach it there.
 */
async function findDataDir(needsReach: boolean): Promise<string> {
	const isRoot = process.getuid?.() === 0;
	const given = process.env.DATA_DIR;
	const dataDir = given ? path.resolve(given) : path.join(ROOT, 'data');
	if (!isRoot || !needsReach) return dataDir;
	if (await isReachableByOthers(given ? path.dirname(dataDir) : ROOT)) return dataDir;
	if (!given) return path.join('/var/lib/buc-giang', createHash('sha256').update(ROOT).digest('hex').slice(0, 12));
	throw new StartError(
		`DATA_DIR=${dataDir} nằm trong thư mục chỉ root vào được; PostgreSQL chạy bằng người dùng khác nên không đọc được. Hãy chọn thư mục khác, ví dụ DATA_DIR=/var/lib/buc-giang.`,
		`DATA_DIR=${dataDir} lies in a folder that only root may enter; PostgreSQL runs as another user and cannot reach it. Choose another, for example DATA_DIR=/var/lib/buc-giang.`
	);
}

/** Creates the folder; as root others may pass through (to PostgreSQL's own folder) but see nothing. */
export async function makeDataDir({ dataDir, isDatabaseEmbedded }: Installation): Promise<void> {
	const mode = process.getuid?.() === 0 && isDatabaseEmbedded ? 0o711 : 0o700;
	try {
		const created = await fs.mkdir(dataDir, { recursive: true, mode: 0o755 });
		if (created || mode === 0o711) await fs.chmod(dataDir, mode);
		await fs.access(dataDir, fs.constants.W_OK);
	} catch (cause) {
		throw new StartError(
			`Không ghi được vào thư mục dữ liệu ${dataDir}. Đổi quyền hoặc chọn thư mục khác bằng DATA_DIR=…`,
			`The data folder ${dataDir} cannot be written. Change its rights or choose another with DATA_DIR=…`,
			{ cause }
		);
	}
}

/** The secrets of this folder, made at the first start; readable by their owner only. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
	const file = path.join(dataDir, 'secrets.json');
	const known = await fs.readFile(file, 'utf8').catch(() => undefined);
	if (known) return JSON.parse(known) as Secrets;
	const secrets: Secrets = {
		// Given when a set of another machine is restored: it must be known at every later start as well.
		secretKey: process.env.SECRET_KEY ?? randomBytes(32).toString('base64url'),
		databasePassword: randomBytes(24).toString('base64url')
	};
	const unfinished = `${file}.unfinished`;
	await fs.writeFile(unfinished, JSON.stringify(secrets, null, '\t'), { mode: 0o600 });
	await fs.rename(unfinished, file);
	return secrets;
}

/** The environment that every process of the product is given. */
export function productEnvironment(
	installation: Installation,
	databaseUrl: string,
	secrets?: Secrets
): Record<string, string | undefined> {
	const { dataDir, isDemo, host, port } = installation;
	return {
		...process.env,
		DATABASE_URL: databaseUrl,
		DATA_DIR: dataDir,
		SECRET_KEY: process.env.SECRET_KEY ?? secrets?.secretKey,
		HOST: host,
		PORT: String(port),
		DEMO: isDemo ? '1' : '0',
		NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(dataDir, 'cache/node')
	};
}

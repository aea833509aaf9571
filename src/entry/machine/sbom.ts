import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './installation.ts';
import { productVersion } from './product.ts';

type Component = Readonly<{ name: string; version: string; 'bom-ref': string }>;
type Bom = Readonly<{
	metadata: Readonly<{ component: Readonly<Record<string, unknown>> }>;
	components: readonly Component[];
	dependencies: readonly Readonly<{ ref: string; dependsOn: readonly string[] }>[];
}>;
type Lock = { packages: Record<string, { version?: string; dev?: boolean; name?: string }> };

/**
 * Software bill of materials of what the product runs on: CycloneDX 1.5 as JSON, written by npm from package-lock.json;
 * nothing is asked of the network. What only builds and tests is taken out here, since npm's own `--omit dev` also drops
 * what the product and a tool share.
 */
export async function makeSbom(): Promise<Bom> {
	const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
	const { stdout } = await promisify(execFile)('npm', args, { cwd: ROOT, maxBuffer: 64 * 1024 ** 2 });
	const bom = JSON.parse(stdout) as Bom;
	const used = await inUse();
	const isUsed = (ref: string) => used.has(ref);
	const component = {
		...bom.metadata.component,
		...{ type: 'application', name: 'buc-giang', version: await productVersion() }
	};
	const ownRef = String(bom.metadata.component['bom-ref']);
	return {
		...bom,
		metadata: { ...bom.metadata, component },
		components: bom.components.filter((one) => isUsed(one['bom-ref'])),
		dependencies: bom.dependencies
			.filter(({ ref }) => ref === ownRef || isUsed(ref))
			.map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isUsed) }))
	};
}

/** `name@version` of every locked package that is not for building and testing alone. */
async function inUse(): Promise<ReadonlySet<string>> {
	const lock = JSON.parse(await fs.readFile(path.join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
	const entries = Object.entries(lock.packages).filter(([where, { dev }]) => where !== '' && !dev);
	return new Set(
		entries.map(([where, { name, version }]) => `${name ?? where.split('node_modules/').at(-1)}@${version}`)
	);
}

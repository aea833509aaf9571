// ADL's conformance cases of SCORM 2004 4th edition against our parser, seeds and sequencing, without a browser:
// `npm run conformance -- --cases DIR [--only CASE]`. Prints the score by family; fails where it has fallen.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { replay, type Case } from './replay.ts';

/** Cases by family that are followed to their end; raise it with every gain. */
const FLOOR = path.resolve('docs/scorm-conformance.json');
type Score = Record<string, { right: number; all: number }>;

const { values } = parseArgs({ options: { cases: { type: 'string' }, only: { type: 'string' } } });
if (!values.cases) throw new Error('say where the cases are: --cases DIR (a folder with cases.json and manifests/)');
const folder = values.cases;
const cases = (JSON.parse(readFileSync(path.join(folder, 'cases.json'), 'utf8')) as Case[]).filter(
	({ id }) => !values.only || id === values.only
);

const score: Score = {};
const misses: string[] = [];
const steps = { right: 0, all: 0 };
for (const one of cases) {
	const family = one.id.split('-')[0]!;
	const count = (score[family] ??= { right: 0, all: 0 });
	const manifest = readFileSync(path.join(folder, 'manifests', one.id, 'imsmanifest.xml'));
	const result = await replay(one, manifest);
	count.all++;
	steps.right += result.stepsRight;
	steps.all += result.steps;
	if (result.miss) misses.push(`${one.id}: ${result.miss}`);
	else count.right++;
}
for (const [family, { right, all }] of Object.entries(score)) console.log(`${family.padEnd(4)} ${right}/${all}`);
const total = Object.values(score).reduce((sum, { right }) => sum + right, 0);
console.log(
	`cases ${total}/${cases.length}, calls of delivered activities ${steps.right}/${steps.all}\n${misses.join('\n')}`
);

const floor = JSON.parse(readFileSync(FLOOR, 'utf8')) as Record<string, number>;
const fallen = Object.entries(floor).filter(([family, right]) => !values.only && (score[family]?.right ?? 0) < right);
if (fallen.length > 0) {
	console.error(`the score has fallen: ${fallen.map(([family, right]) => `${family} was ${right}`).join(', ')}`);
	process.exitCode = 1;
}

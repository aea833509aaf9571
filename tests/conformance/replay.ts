import type Api from 'scorm-again/scorm2004';
import { itemsOf } from '#lib/scorm/manifest.ts';
import { openSequencer } from '#lib/scorm/player/sequencer.ts';
import { isKnownElement } from '#lib/scorm/runtime/elements.ts';
import { readManifest } from '#lib/server/scorm/package/manifest.ts';
import { carryOver, seedOf } from '#lib/server/scorm/runtime/seed.ts';

/** One case: the activities in the order in which they must be delivered, and what their content calls. */
export type Case = Readonly<{
	id: string;
	visits: readonly Readonly<{
		key: string;
		activity: string;
		steps: readonly Readonly<{ m: string; el?: string; val?: string; expect?: string }>[];
		lmsAction?: string;
	}>[];
}>;

type Result = { miss?: string; steps: number; stepsRight: number };
type Session = { values: Record<string, string>; exit: string };

// The engine is made for browsers; all it needs of one here is a global object of that name.
Object.assign(globalThis, { window: globalThis });
const { Scorm2004API } = (await import('scorm-again/scorm2004')) as unknown as { Scorm2004API: typeof Api };

/** Plays a case as the player would: what is delivered is opened, content calls its steps and ends its session. */
export async function replay({ visits }: Case, manifestBytes: Uint8Array): Promise<Result> {
	const result: Result = { steps: 0, stepsRight: 0 };
	try {
		// The cases come without their packages' files.
		const { manifest } = readManifest(manifestBytes, (file) => ({ path: file, isExact: true }));
		const organization = manifest.organizations.find(({ identifier }) => identifier === manifest.defaultOrganization)!;
		const items = itemsOf(organization);
		const sessions = new Map<string, Session>();
		let delivered: string | undefined;
		const begin = (state: string | null) => {
			delivered = undefined;
			const hooks = { onDelivery: (item: string) => (delivered = item), onEnd() {}, onChoices() {} };
			const next = openSequencer(Scorm2004API, organization, hooks);
			next.start(state);
			return next;
		};
		let sequencer = begin(null);
		for (const [i, visit] of visits.entries()) {
			// Where nothing begins by itself the learner chooses from the table of contents.
			if (i === 0 && !delivered) await sequencer.ask('choice', visit.activity, async () => {});
			if (delivered !== visit.activity) return { ...result, miss: `${visit.key}: delivered ${delivered ?? 'nothing'}` };
			delivered = undefined;
			const item = items.find(({ identifier }) => identifier === visit.activity)!;
			const session = openSession(sessions.get(visit.activity));
			const seed = seedOf({
				...session,
				...{ standard: '2004', item, mode: 'normal', learner: { id: 'learner', name: 'Learner, Joe' }, totalS: 0 },
				standing: { completion: 'unknown', success: 'unknown', score: null }
			});
			const { runTime, values } = sequencer.openEngine(seed, () => true);
			const told: Record<string, string> = {};
			for (const step of visit.steps) {
				const answer = take(runTime, step, told);
				if (answer === undefined) continue;
				result.steps++;
				if (answer === step.expect) result.stepsRight++;
			}
			sessions.set(visit.activity, { values: { ...values() }, exit: told['cmi.exit'] ?? '' });
			await act(sequencer, visit.lmsAction, { ...told, finish: () => void runTime.finish('') }, items);
			if (visit.lmsAction?.startsWith('Relaunch')) sequencer = begin(sequencer.state().state);
		}
		return result;
	} catch (error) {
		return { ...result, miss: (error as Error).message };
	}
}

function openSession(last: Session | undefined) {
	if (!last) return { values: {}, entry: 'ab-initio' } as const;
	return carryOver({ standard: '2004', keepAfterExit: false }, last);
}

type RunTime = ReturnType<ReturnType<typeof openSequencer>['openEngine']>['runTime'];

/** Calls one step; undefined for what is no call of the run-time. `&id&` stands for the place of an objective. */
function take(
	runTime: RunTime,
	{ m, el = '', val = '' }: Case['visits'][number]['steps'][number],
	told: Record<string, string>
) {
	const element = el.replace(/&([^&]+)&/g, (_, id: string) => placeOf(runTime, id));
	if (m === 'Initialize') return runTime.initialize('');
	if (!isKnownElement('2004', element)) return m === 'SetValue' ? 'false' : m === 'GetValue' ? '' : undefined; // the façade
	if (m === 'GetValue') return runTime.getValue(element);
	if (m !== 'SetValue') return undefined;
	told[element] = val;
	return runTime.setValue(element, val);
}

function placeOf(runTime: RunTime, id: string): string {
	const count = Number(runTime.getValue('cmi.objectives._count')) || 0;
	const places = Array.from({ length: count }, (_, n) => String(n));
	return places.find((n) => runTime.getValue(`cmi.objectives.${n}.id`) === id) ?? String(count);
}

/** What the learner does when content has called its steps; content ends its session when it is left. */
async function act(
	sequencer: ReturnType<typeof openSequencer>,
	action: string | undefined,
	told: Record<string, string | (() => void)> & { finish: () => void },
	items: readonly { identifier: string; title: string }[]
): Promise<void> {
	const leave = async () => told.finish();
	if (action === 'Continue') return sequencer.ask('continue', undefined, leave);
	if (action === 'Previous') return sequencer.ask('previous', undefined, leave);
	if (action?.startsWith('Choice~')) {
		const wanted = action.slice('Choice~'.length);
		const item = items.find(
			({ title, identifier }) => title === wanted || identifier === wanted.toLowerCase().replace(' ', '_')
		);
		return sequencer.ask('choice', item?.identifier, leave);
	}
	const isLeft = action === 'Exit' || action?.startsWith('Relaunch');
	if (isLeft && !told['adl.nav.request'])
		return sequencer.ask(told['cmi.exit'] === 'suspend' ? 'suspendAll' : 'exitAll', undefined, leave);
	return leave();
}

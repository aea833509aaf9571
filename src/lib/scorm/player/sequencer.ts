import type Scorm2004API from 'scorm-again/scorm2004';
import type { Organization } from '../manifest.ts';
import type { EngineState } from '../runtime/protocol.ts';
import { activityTreeOf } from '../sequencing/activity-tree.ts';
import type { RunTime } from './facade.ts';
import { runTimeOf, settingsFor, type Engine, type Save } from './run-time.ts';

/** What a learner may do next, as the package's rules stand. */
export type Choices = Readonly<{
	continue: boolean;
	previous: boolean;
	items: readonly string[];
	hidden: readonly string[];
}>;

/** What the learner asks for, or content by `adl.nav.request`. */
export type Request = 'start' | 'resumeAll' | 'continue' | 'previous' | 'choice' | 'suspendAll' | 'exitAll';

export type SequencerHooks = Readonly<{
	/** An activity is to be opened. */
	onDelivery(item: string): void;
	/** There is nothing more to open by itself: the way through has ended, or leads nowhere. */
	onEnd(): void;
	onChoices(choices: Choices): void;
}>;

/** Runs the sequencing of a package (SCORM 2004 4th edition, Sequencing and Navigation) over all its activities. */
export function openSequencer(
	Api: typeof Scorm2004API,
	organization: Organization,
	{ onDelivery, onEnd, onChoices }: SequencerHooks
) {
	let save: Save = () => true;
	let wanted: { request: Request; item?: string | undefined } | undefined;
	let api = make();

	function make() {
		const activityTree = activityTreeOf(organization);
		return new Api({
			...settingsFor((values, isTerminate) => save(values, isTerminate)),
			sequencing: {
				activityTree,
				eventListeners: {
					onActivityDelivery: ({ id }) => onDelivery(id),
					onSequencingSessionEnd: () => onEnd()
				}
			}
		});
	}

	/** Goes on where the state says, or begins. A way that was cut off is suspended first: it could neither go on nor begin. */
	function start(state: string | null): void {
		if (state) {
			api.deserializeSequencingState(state);
			if (currentItem()) {
				api.processNavigationRequest('suspendAll');
				const suspended = api.serializeSequencingState();
				api = make();
				api.deserializeSequencingState(suspended);
			}
			if (api.processNavigationRequest('resumeAll')) return;
		}
		if (!api.processNavigationRequest('start')) onEnd();
		tellChoices();
	}

	const currentItem = (): string | undefined =>
		(api.getSequencingState() as { currentActivity?: { id?: string } | null }).currentActivity?.id;

	/** A session of the item that was delivered, filled with what the server gave. */
	function openEngine(seed: Readonly<Record<string, string>>, ownSave: Save): Engine {
		save = ownSave;
		api.reset();
		api.loadFromFlattenedJSON(withObjectives(seed));
		tellChoices();
		const { finish, ...calls } = runTimeOf(api);
		const runTime: RunTime = {
			...calls,
			finish(text) {
				if (wanted) api.adl.nav.request = navigationOf(wanted.request, wanted.item); // the learner's wish goes before content's
				wanted = undefined;
				return finish(text);
			}
		};
		return {
			runTime,
			values: () => api.getFlattenedCMI() as Record<string, string>,
			isInitialized: () => api.isInitialized(),
			isTerminated: () => api.isTerminated()
		};
	}

	/** The engine has put the activity's own objectives down already; what was told of them goes to the same places. */
	function withObjectives(seed: Readonly<Record<string, string>>): Record<string, string> {
		const there = (api.cmi.objectives.childArray as unknown as { id: string }[]).map(({ id }) => id);
		const places = new Map<string, number>();
		for (const [element, value] of Object.entries(seed)) {
			const index = /^cmi\.objectives\.(\d+)\.id$/.exec(element)?.[1];
			if (index === undefined) continue;
			if (!there.includes(value)) there.push(value);
			places.set(index, there.indexOf(value));
		}
		const known = api.cmi.objectives.childArray.length;
		return Object.fromEntries(
			Object.entries(seed).flatMap(([element, value]) => {
				const [, index, field] = /^cmi\.objectives\.(\d+)\.(.+)$/.exec(element) ?? [];
				if (index === undefined) return [[element, value]];
				const place = places.get(index) ?? known;
				return field === 'id' && place < known ? [] : [[`cmi.objectives.${place}.${field}`, value]];
			})
		);
	}

	/**
	 * What the learner wants takes effect when content ends its session; one that has not begun or is over needs no ending.
	 * @param leave takes content's frame away and lets it end its session by itself
	 */
	async function ask(request: Request, item: string | undefined, leave: () => Promise<void>): Promise<void> {
		wanted = { request, item };
		await leave();
		if (!wanted) return; // content has ended its session, and with it the wish was granted
		wanted = undefined;
		if (api.isInitialized()) {
			api.adl.nav.request = navigationOf(request, item);
			api.lmsFinish('');
		} else if (!api.processNavigationRequest(request, item)) onEnd();
	}

	function tellChoices(): void {
		const openable = leaves(organization.items);
		const may = (request: 'continue' | 'previous') => api.previewNavigationRequest(request).outcome !== 'blocked';
		const valid = (id: string) => String(api.adl.nav.request_valid.choice?.[id as never]) === 'true';
		const hidden = organization.items.flatMap(function all(item): readonly string[] {
			return [...(item.identifier === currentItem() ? (item.hideLmsUi ?? []) : []), ...item.items.flatMap(all)];
		});
		onChoices({ continue: may('continue'), previous: may('previous'), items: openable.filter(valid), hidden });
	}

	/** What is kept between launches, and what the whole has come to. */
	function state(): EngineState {
		const root = api.getActivityTrackingData(organization.identifier);
		const success = root?.successStatus;
		return {
			state: api.serializeSequencingState(),
			standing: {
				completion: root?.completionStatus === 'completed' ? 'completed' : 'incomplete',
				success: success === 'passed' || success === 'failed' ? success : 'unknown',
				score: root?.score === null || root?.score === undefined ? null : Math.min(1, Math.max(0, root.score))
			}
		};
	}

	return { start, openEngine, ask, state, tellChoices };
}

export type Sequencer = ReturnType<typeof openSequencer>;

function navigationOf(request: Request, item: string | undefined): string {
	return request === 'choice' ? `{target=${item}}choice` : request;
}

function leaves(items: Organization['items']): string[] {
	return items.flatMap((item) => [...(item.launch ? [item.identifier] : []), ...leaves(item.items)]);
}

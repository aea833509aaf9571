import type { Organization, Standard } from '../manifest.ts';
import type { OpenAnswer, Opened } from '../runtime/protocol.ts';
import { openFacade } from './facade.ts';
import { sendLeft } from './left-commits.ts';
import { mark, messageFrom, type FromPlayer, type ToPlayer } from './messages.ts';
import type { Engine, OpenEngine } from './run-time.ts';
import type { Sequencer, SequencerHooks } from './sequencer.ts';
import { openTransport, type Transport } from './transport.ts';
import { watchWindows } from './windows.ts';

/** From the first change on; with the way to the server at most ten seconds are ever at stake. */
const AUTOSAVE_MS = 5000;
const ALIVE_MS = 60_000;
/** What content may take to say goodbye. */
const FAREWELL_MS = 2000;

/**
 * The page around content: the run-time that content looks for, the frame that content runs in, and the way to the server.
 * The lesson's page, on another host, is only told how things stand and says what the learner wants.
 */
export async function startPlayer(
	standard: Standard,
	openPlain: OpenEngine,
	openSequencing?: (organization: Organization, hooks: SequencerHooks) => Sequencer
): Promise<void> {
	const lms = document.currentScript?.dataset.lms ?? '*';
	const attemptId = document.currentScript?.dataset.attempt ?? '';
	const base = location.pathname.replace(/player$/, '');
	const tell = (message: FromPlayer) => parent.postMessage(mark(message), lms);

	let engine: Engine | undefined;
	let sequencer: Sequencer | undefined;
	let leaving: Promise<boolean> | undefined;
	let isClosing = false;
	let transport: Transport | undefined;
	let frame: HTMLIFrameElement | undefined;
	let opened: Opened | undefined;
	let autosave: ReturnType<typeof setTimeout> | undefined;
	let timeLimit: ReturnType<typeof setTimeout> | undefined;
	const windows = watchWindows();

	const facade = openFacade(standard, {
		onInitialized: () => {},
		onChanged(element) {
			autosave ??= setTimeout(save, AUTOSAVE_MS);
			if (sequencer && /_status$|\.scaled$|progress_measure$/.test(element)) setTimeout(sequencer.tellChoices);
		},
		onFinished: () => !sequencer && tell({ kind: 'finished' })
	});

	/** Puts what content has told since the last time on its way. */
	function save(): void {
		stage();
		void transport?.send();
	}

	function stage(): void {
		clearTimeout(autosave);
		autosave = undefined;
		if (engine?.isInitialized()) transport?.stage({ ...engine.values(), ...facade.emptied() }, false);
	}

	async function ask<T>(call: string, body: object = {}): Promise<T> {
		const response = await fetch(base + call, { method: 'POST', body: JSON.stringify(body) });
		return (await response.json()) as T;
	}

	async function open(item?: string): Promise<void> {
		const asked = { item, engine: sequencer?.state() };
		const answer = await ask<({ ok: true } & OpenAnswer) | { ok: false; code: string }>('open', asked);
		if (!answer.ok) return tell({ kind: 'failed', code: answer.code });
		const isKept = answer.mode === 'normal' && answer.attemptId !== null;
		transport ??= openTransport({
			...{ base, standard, isKept, launchId: answer.launchId, attemptId: answer.attemptId },
			...(answer.sequencing && { engine: () => sequencer!.state() }),
			onState: (state) => tell({ kind: 'saving', state }),
			onSaved: ({ standing, attempt }) => {
				if (standing || attempt) tell({ kind: 'progress', item: opened?.item ?? '', standing, attempt });
			}
		});
		if (answer.sequencing) begin(answer.sequencing);
		if (answer.opened) present(answer, answer.opened, transport, isKept);
	}

	function present(answer: OpenAnswer, next: Opened, ownTransport: Transport, isKept: boolean): void {
		opened = next;
		engine = (sequencer?.openEngine ?? openPlain)(next.seed, (values, isTerminate) => {
			clearTimeout(autosave);
			autosave = undefined;
			ownTransport.stage({ ...values, ...facade.emptied() }, isTerminate);
			return ownTransport.sendNow();
		});
		ownTransport.begin(next.item, engine.values());
		facade.bind(engine.runTime);
		show(`${base}${next.address}`, next.title);
		watchTime(next);
		const { item: id, title, hideLmsUi } = next;
		tell({ kind: 'opened', item: id, title, toc: answer.toc, hideLmsUi, isKept });
	}

	/** Hands over to the package's own sequencing; what it delivers is opened as soon as content has let go. */
	function begin({ organization, state }: NonNullable<OpenAnswer['sequencing']>): void {
		sequencer = openSequencing!(organization, {
			onDelivery: (next) => void setTimeout(() => void leaveItem().then(() => open(next))),
			onEnd: () => void setTimeout(() => void leaveItem().then(() => isClosing || tell({ kind: 'ended' }))),
			onChoices: (choices) => tell({ kind: 'choices', choices })
		});
		sequencer.start(state);
	}

	function show(address: string, title: string): void {
		frame?.remove();
		frame = document.createElement('iframe');
		frame.title = title;
		frame.allow = 'fullscreen; autoplay; unload';
		frame.src = address;
		const { contentWindow } = document.body.appendChild(frame);
		windows.watch(contentWindow); // now for what it opens at once, and again when its document may be another
		frame.addEventListener('load', () => windows.watch(contentWindow));
	}

	/** Content says goodbye while its run-time still answers; then its session ends, suspended if it said nothing. */
	function leaveItem(): Promise<boolean> {
		return (leaving ??= leave().finally(() => (leaving = undefined)));
	}

	async function leave(): Promise<boolean> {
		clearTimeout(timeLimit);
		transport?.setLeaving('frame');
		windows.close();
		await emptied(frame);
		frame?.remove();
		frame = undefined;
		transport?.setLeaving('stays');
		stage();
		await transport?.send();
		return transport?.isUpToDate() ?? true;
	}

	/** Leads a frame away as if its window was closed: content is then told twice, as older content needs, before it goes. */
	function emptied(leaving: HTMLIFrameElement | undefined): Promise<unknown> {
		if (!leaving) return Promise.resolve();
		return new Promise((resolve) => {
			leaving.addEventListener('load', resolve, { once: true });
			setTimeout(resolve, FAREWELL_MS);
			leaving.contentWindow?.location.replace('about:blank');
		});
	}

	async function close(): Promise<void> {
		isClosing = true;
		if (sequencer && opened) await sequencer.ask('suspendAll', undefined, async () => void (await leaveItem()));
		const isSaved = await leaveItem();
		if (isSaved) await ask('end', { engine: sequencer?.state() }).catch(() => undefined);
		tell({ kind: 'closed', isSaved });
	}

	/** What the learner wants of a package with sequencing. */
	function want(request: 'choice' | 'continue' | 'previous', item: string | undefined): void {
		void sequencer?.ask(request, item, async () => void (await leaveItem()));
	}

	function watchTime({ limit }: Opened): void {
		clearTimeout(timeLimit);
		if (!limit || limit.leftS > 7 * 24 * 3600) return;
		const [end, message] = limit.action.split(',');
		timeLimit = setTimeout(() => {
			if (message === 'message') tell({ kind: 'time_up', isClosing: end === 'exit' });
			if (end === 'exit') void close();
		}, limit.leftS * 1000);
	}

	function goodbye(): void {
		transport?.setLeaving('page');
		windows.close();
		stage();
		transport?.leave();
	}

	addEventListener('message', (event) => {
		const message = messageFrom<ToPlayer>(event, { window: parent, origin: lms });
		if (message?.kind === 'close') void close();
		else if (message && sequencer)
			want(message.kind === 'open' ? 'choice' : message.kind, message.kind === 'open' ? message.item : undefined);
		else if (message?.kind === 'open') void leaveItem().then(() => open(message.item));
	});
	addEventListener('pagehide', goodbye);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') save();
	});
	addEventListener('pageshow', (event) => event.persisted && location.reload());
	setInterval(() => void ask('alive').catch(() => undefined), ALIVE_MS);

	try {
		if (attemptId && !(await sendLeft(base, attemptId))) tell({ kind: 'left_lost' });
		await open();
	} catch {
		tell({ kind: 'failed', code: 'unavailable' });
	}
}

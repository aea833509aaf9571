import type { Standard } from '../manifest.ts';
import { isKnownElement, interactionOf, LONGEST_VALUE, MOST_INTERACTIONS } from '../runtime/elements.ts';

/** The eight functions, as the run-time names them in either standard. */
export type RunTime = Readonly<{
	initialize(text: string): string;
	finish(text: string): string;
	getValue(element: string): string;
	setValue(element: string, value: string): string;
	commit(text: string): string;
	getLastError(): string;
	getErrorString(code: string): string;
	getDiagnostic(code: string): string;
}>;

/** What the player wants to know of what content does. */
export type Hooks = Readonly<{
	onInitialized(): void;
	onChanged(element: string, value: string): void;
	onFinished(): void;
}>;

const NAMES = {
	'1.2': [
		'LMSInitialize',
		'LMSFinish',
		'LMSGetValue',
		'LMSSetValue',
		'LMSCommit',
		'LMSGetLastError',
		'LMSGetErrorString',
		'LMSGetDiagnostic'
	],
	'2004': [
		'Initialize',
		'Terminate',
		'GetValue',
		'SetValue',
		'Commit',
		'GetLastError',
		'GetErrorString',
		'GetDiagnostic'
	]
} as const;

/** An element that every state of the run-time knows: asked for the error that belongs to its state. */
const PROBE = { '1.2': 'cmi.core.lesson_status', '2004': 'cmi.completion_status' } as const;
/** Elements whose value content may empty: a place to begin again from, data thrown away. The run-time refuses that for some. */
const RESETTABLE = ['cmi.location', 'cmi.core.lesson_location', 'cmi.suspend_data'];

/**
 * What content finds as `API` or `API_1484_11`: the eight functions of the standard and nothing else, frozen. scorm-again
 * itself lets content set its settings (the address and headers of commits among them) and read its own classes, so only
 * elements of the standard are let through, by their whole name.
 */
export function openFacade(standard: Standard, hooks: Hooks) {
	let runTime: RunTime | undefined;
	let ownError: string | undefined;
	const emptied = new Set<string>();

	/** The error of the run-time's own state, or the given one. */
	function refuse(code: string, isWrite: boolean): string {
		ownError = undefined;
		const answer = isWrite ? runTime?.setValue(PROBE[standard], '\u0000') : runTime?.getValue(PROBE[standard]);
		const stateError = runTime?.getLastError() ?? '301';
		const isOfState = answer !== undefined && ['122', '123', '132', '133', '301'].includes(stateError);
		ownError = isOfState ? undefined : code;
		return isWrite ? 'false' : '';
	}

	function unknownCode(element: string): string {
		if (standard === '2004') return '401';
		return /^cmi\.(core|suspend_data|launch_data|comments|objectives|student_data|student_preference|interactions)\b/.test(
			element
		)
			? '201'
			: '401';
	}

	const calls: RunTime = {
		initialize(text) {
			const answer = pass((api) => api.initialize(text));
			if (answer === 'true') hooks.onInitialized();
			return answer;
		},
		finish(text) {
			const answer = pass((api) => api.finish(text));
			if (answer === 'true') hooks.onFinished();
			return answer;
		},
		getValue(element) {
			if (!isKnownElement(standard, element))
				return refuse(element === '' && standard === '2004' ? '301' : unknownCode(element), false);
			if (emptied.has(element)) return pass(() => '');
			return pass((api) => api.getValue(element));
		},
		setValue(element, value) {
			if (!isKnownElement(standard, element))
				return refuse(element === '' && standard === '2004' ? '351' : unknownCode(element), true);
			const hasRoom = (interactionOf(element) ?? 0) < MOST_INTERACTIONS && value.length <= LONGEST_VALUE;
			if (!hasRoom) return refuse(standard === '2004' ? '406' : '405', true);
			if (
				value === '' &&
				RESETTABLE.includes(element) &&
				runTime?.getValue(element) !== undefined &&
				runTime.getLastError() !== '301'
			)
				emptied.add(element);
			else emptied.delete(element);
			const answer = emptied.has(element) ? pass(() => 'true') : pass((api) => api.setValue(element, value));
			if (answer === 'true') hooks.onChanged(element, value);
			return answer;
		},
		commit: (text) => pass((api) => api.commit(text)),
		getLastError: () => ownError ?? runTime?.getLastError() ?? '0',
		getErrorString: (code) => runTime?.getErrorString(code) ?? '',
		getDiagnostic: (code) => runTime?.getDiagnostic(code) ?? ''
	};

	function pass(call: (api: RunTime) => string): string {
		ownError = undefined;
		return runTime ? call(runTime) : 'false';
	}

	const functions = Object.values(calls) as ((...words: string[]) => string)[];
	const named = NAMES[standard].map((name, i) => [
		name,
		Object.freeze((...words: unknown[]) => functions[i]!(...words.map(textOf), ...(words.length === 0 ? [''] : [])))
	]);
	const api = Object.freeze({
		...Object.fromEntries(named),
		...(standard === '2004' && { version: '1.0' })
	}) as Readonly<Record<string, unknown>>;
	Object.defineProperty(window, standard === '1.2' ? 'API' : 'API_1484_11', { value: api, enumerable: true });
	return {
		/** Lets content reach this run-time from now on. */
		bind(next: RunTime): void {
			runTime = next;
			ownError = undefined;
			emptied.clear();
		},
		/** Elements that content has emptied, which the run-time does not know of. */
		emptied: (): Record<string, string> => Object.fromEntries([...emptied].map((element) => [element, '']))
	};
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

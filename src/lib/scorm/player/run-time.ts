import type { RunTime } from './facade.ts';

/** What the engines of both standards have in common, of all that scorm-again offers. */
export type Engine = Readonly<{
	runTime: RunTime;
	/** All values by element, as they are now. */
	values(): Record<string, string>;
	isInitialized(): boolean;
	isTerminated(): boolean;
}>;

/** Saves values and says whether the database has them. */
export type Save = (values: Record<string, string>, isTerminate: boolean) => boolean;

/** Makes the engine of one session of one item, filled with what the server gave. */
export type OpenEngine = (seed: Readonly<Record<string, string>>, save: Save) => Engine;

/** Settings of scorm-again for either standard: everything goes out through our own transport, nothing by itself. */
export const settingsFor = (save: Save) => ({
	lmsCommitUrl: 'own',
	dataCommitFormat: 'flattened',
	renderCommonCommitFields: true,
	autocommit: false,
	logLevel: 5 as never,
	httpService: {
		processHttpRequest(_url: string, params: unknown, isTerminate = false) {
			const { runtimeData } = params as { runtimeData: Record<string, string> };
			const result = save(runtimeData, isTerminate);
			return { result, errorCode: result ? 0 : 101 };
		},
		updateSettings() {}
	}
});

/** The calls of scorm-again that both of its run-times have. */
type LmsCalls = Readonly<{
	lmsInitialize(text: string): unknown;
	lmsFinish(text: string): unknown;
	lmsGetValue(element: string): unknown;
	lmsSetValue(element: string, value: string): unknown;
	lmsCommit(text: string): unknown;
	lmsGetLastError(): unknown;
	lmsGetErrorString(code: string): unknown;
	lmsGetDiagnostic(code: string): unknown;
}>;

export const runTimeOf = (api: LmsCalls): RunTime => ({
	initialize: (text) => String(api.lmsInitialize(text)),
	finish: (text) => String(api.lmsFinish(text)),
	getValue: (element) => String(api.lmsGetValue(element)),
	setValue: (element, value) => String(api.lmsSetValue(element, value)),
	commit: (text) => String(api.lmsCommit(text)),
	getLastError: () => String(api.lmsGetLastError()),
	getErrorString: (code) => String(api.lmsGetErrorString(code)),
	getDiagnostic: (code) => String(api.lmsGetDiagnostic(code))
});

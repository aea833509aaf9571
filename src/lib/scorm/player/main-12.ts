import type Api from 'scorm-again/scorm12';
import * as scormAgain from 'scorm-again/scorm12';
import { startPlayer } from './player.ts';
import { runTimeOf, settingsFor, type OpenEngine } from './run-time.ts';

// Its types name a default export, its code a named one.
const { Scorm12API } = scormAgain as unknown as { Scorm12API: typeof Api };

/** The run-time of SCORM 1.2. */
const open: OpenEngine = (seed, save) => {
	const api = new Scorm12API(settingsFor(save));
	api.loadFromFlattenedJSON({ ...seed });
	return {
		runTime: runTimeOf(api),
		values: () => api.getFlattenedCMI() as Record<string, string>,
		isInitialized: () => api.isInitialized(),
		isTerminated: () => api.isTerminated()
	};
};

void startPlayer('1.2', open);

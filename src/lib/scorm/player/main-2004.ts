import type Api from 'scorm-again/scorm2004';
import * as scormAgain from 'scorm-again/scorm2004';
import { startPlayer } from './player.ts';
import { openSequencer } from './sequencer.ts';
import { runTimeOf, settingsFor, type OpenEngine } from './run-time.ts';

// Its types name a default export, its code a named one.
const { Scorm2004API } = scormAgain as unknown as { Scorm2004API: typeof Api };

/** The run-time of SCORM 2004. */
const open: OpenEngine = (seed, save) => {
	const api = new Scorm2004API(settingsFor(save));
	api.loadFromFlattenedJSON({ ...seed });
	return {
		runTime: runTimeOf(api),
		values: () => api.getFlattenedCMI() as Record<string, string>,
		isInitialized: () => api.isInitialized(),
		isTerminated: () => api.isTerminated()
	};
};

void startPlayer('2004', open, (organization, hooks) => openSequencer(Scorm2004API, organization, hooks));

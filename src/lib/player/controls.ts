import type { Locale } from '#lib/i18n/index.ts';
import { CONTROL_NAMES_VI } from '#lib/i18n/player.ts';

/** Defines the control elements this player uses, and no others: each costs every learner bytes. */
export async function defineControls(locale: Locale): Promise<void> {
	// The language first: some elements read their words when they are defined.
	const { addTranslation, setLanguage } = await import('media-chrome/dist/utils/i18n.js');
	addTranslation('vi', CONTROL_NAMES_VI as never);
	setLanguage(locale);
	await import('media-chrome/dist/media-controller.js');
	await Promise.all([
		import('media-chrome/dist/media-control-bar.js'),
		import('media-chrome/dist/media-play-button.js'),
		import('media-chrome/dist/media-seek-backward-button.js'),
		import('media-chrome/dist/media-seek-forward-button.js'),
		import('media-chrome/dist/media-mute-button.js'),
		import('media-chrome/dist/media-volume-range.js'),
		import('media-chrome/dist/media-time-range.js'),
		import('media-chrome/dist/media-captions-button.js'),
		import('media-chrome/dist/media-fullscreen-button.js'),
		import('media-chrome/dist/media-loading-indicator.js')
	]);
}

import path from 'node:path';
import { failureSentence, lecturesMessages } from '#lib/i18n/lectures.ts';
import { MediaFailure } from '#media-pipeline/failure.ts';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { transcode, type TranscodeProgress } from '#media-pipeline/transcode.ts';
import { UsageError, type Command } from '../command.ts';

/** The media pipeline alone: no database, no storage, no settings but FFMPEG_PATH and FFPROBE_PATH. */
export const command: Command = {
	summary: 'Chuyển đổi một tệp thành HLS trong thư mục / Turn one file into HLS in a folder',
	usage: 'FILE --out DIR [--json]',
	details: [
		'DIR được thay bằng kết quả; mở DIR/master.m3u8 để xem / DIR is replaced by the result; play DIR/master.m3u8'
	],
	options: { out: { type: 'string' } },
	async run({ values, positionals, note }) {
		const [file] = positionals;
		if (!file) throw new UsageError('thiếu tên tệp / the file is missing');
		if (typeof values.out !== 'string') throw new UsageError('--out DIR');
		const outputDir = path.resolve(values.out);
		try {
			const result = await transcode({
				sourcePath: file,
				outputDir,
				ffmpeg: await findFfmpeg(),
				onProgress: everyTenth(note)
			});
			const names = [...result.renditions, ...(result.audio ? [result.audio] : [])].map(({ name }) => name);
			return { text: `${outputDir}: ${names.join(', ')} (${result.durationS.toFixed(1)} s)`, data: result };
		} catch (error) {
			if (!(error instanceof MediaFailure)) throw error;
			const { code, detail } = error;
			const text = (['vi', 'en'] as const).map((locale) => failureSentence(lecturesMessages[locale].failures, code));
			return { text: `✗ ${text.join('\n  ')}`, data: { error: { code, detail } }, exitCode: 1 };
		}
	}
};

/** One line per phase and per ten percent. */
function everyTenth(note: (text: string) => void): (progress: TranscodeProgress) => void {
	let last = '';
	return ({ phase, percent }) => {
		const line = `${phase} ${Math.floor(percent / 10) * 10}%`;
		if (line !== last) note(line);
		last = line;
	};
}

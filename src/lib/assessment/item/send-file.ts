import type { AttemptFile } from '../attempt-file.ts';

/** Milliseconds without any progress after which a file counts as not sent. */
const SILENCE_MS = 60_000;

/**
 * Sends one file. Not with `fetch`, which tells nothing of how far it is.
 * @param onprogress share that is sent, 0 to 1
 * @returns the file as it is kept; the server's sentence where it said no; undefined where it was not reached
 */
export function sendFile(
	url: string,
	file: File,
	onprogress: (share: number) => void
): Promise<AttemptFile | string | undefined> {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		const giveUp = () => request.abort();
		let timer = setTimeout(giveUp, SILENCE_MS);
		request.responseType = 'json';
		request.upload.onprogress = ({ loaded, total }) => {
			clearTimeout(timer);
			timer = setTimeout(giveUp, SILENCE_MS);
			onprogress(total > 0 ? loaded / total : 0);
		};
		request.onloadend = () => {
			clearTimeout(timer);
			const said = request.response as { file?: AttemptFile; message?: string } | null;
			resolve(request.status === 200 ? said?.file : said?.message);
		};
		const form = new FormData();
		form.set('file', file);
		request.open('POST', url);
		request.setRequestHeader('accept', 'application/json');
		request.send(form);
	});
}

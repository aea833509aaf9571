/** What a strict reader finds wrong with a playlist (RFC 8216); nothing for a good one. */
type Faults = string[];

const attributesOf = (line: string) =>
	Object.fromEntries([...line.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, name, value]) => [name, value]));

/** A media playlist of byte ranges in one file, or of one WebVTT file. */
export function mediaPlaylistFaults(text: string): Faults {
	const faults: Faults = [];
	const lines = text.trimEnd().split('\n');
	const once = (tag: string) =>
		lines.filter((line) => line.startsWith(tag)).length === 1 || faults.push(`not one ${tag}`);
	if (lines[0] !== '#EXTM3U') faults.push('does not begin with #EXTM3U (4.3.1.1)');
	for (const tag of ['#EXT-X-VERSION:', '#EXT-X-TARGETDURATION:', '#EXT-X-ENDLIST']) once(tag);
	if (lines.at(-1) !== '#EXT-X-ENDLIST') faults.push('goes on after its end');
	const targetS = Number(/#EXT-X-TARGETDURATION:(\d+)$/m.exec(text)?.[1]);
	const version = Number(/#EXT-X-VERSION:(\d+)$/m.exec(text)?.[1]);
	if (text.includes('#EXT-X-MAP') && version < 6) faults.push('EXT-X-MAP needs version 6 (7)');
	if (text.includes('#EXT-X-BYTERANGE') && version < 4) faults.push('EXT-X-BYTERANGE needs version 4 (7)');
	for (const [, duration] of text.matchAll(/#EXTINF:([\d.]+),/g))
		if (Math.round(Number(duration)) > targetS) faults.push(`a segment of ${duration} s is over the target (4.3.3.1)`);
	let end = Number(/BYTERANGE="(\d+)@0"/.exec(text)?.[1] ?? 0);
	for (const [, length, offset] of text.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)/g)) {
		if (Number(offset) !== end) faults.push(`a segment begins at ${offset}, not at ${end}`);
		end = Number(offset) + Number(length);
	}
	const addresses = lines.filter((line) => line && !line.startsWith('#')).length;
	if (addresses !== [...text.matchAll(/#EXTINF:/g)].length) faults.push('not one address per segment (4.3.2.1)');
	return faults;
}

/** A master playlist: groups that exist, CODECS of all there is, sizes and rates of every picture, rates in order. */
export function masterPlaylistFaults(text: string): Faults {
	const faults: Faults = [];
	const lines = text.trimEnd().split('\n');
	if (lines[0] !== '#EXTM3U') faults.push('does not begin with #EXTM3U (4.3.1.1)');
	const media = lines.filter((line) => line.startsWith('#EXT-X-MEDIA:')).map((line) => attributesOf(line.slice(13)));
	for (const one of media)
		for (const name of ['TYPE', 'GROUP-ID', 'NAME'])
			if (!one[name]) faults.push(`EXT-X-MEDIA without ${name} (4.3.4.1)`);
	let before = 0;
	for (const [i, line] of lines.entries()) {
		if (!line.startsWith('#EXT-X-STREAM-INF:')) continue;
		const stream = attributesOf(line.slice(18));
		if (!lines[i + 1] || lines[i + 1]!.startsWith('#')) faults.push('EXT-X-STREAM-INF without an address (4.3.4.2)');
		for (const name of ['BANDWIDTH', 'CODECS']) if (!stream[name]) faults.push(`a variant without ${name} (4.3.4.2)`);
		if (Number(stream['AVERAGE-BANDWIDTH']) > Number(stream.BANDWIDTH)) faults.push('an average above the peak');
		const isPicture = stream.CODECS?.includes('avc1') ?? false;
		if (isPicture && !(stream.RESOLUTION && stream['FRAME-RATE'])) faults.push('a picture without size or rate');
		if (isPicture && Number(stream.BANDWIDTH) < before) faults.push('variants are not in order');
		if (isPicture) before = Number(stream.BANDWIDTH);
		for (const [name, type] of [
			['AUDIO', 'AUDIO'],
			['SUBTITLES', 'SUBTITLES']
		] as const) {
			const group = stream[name];
			if (group && !media.some((one) => one.TYPE === type && one['GROUP-ID'] === group))
				faults.push(`${name} names a group that is not there (4.3.4.2)`);
		}
	}
	return faults;
}

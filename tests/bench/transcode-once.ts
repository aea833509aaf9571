// `node tests/bench/transcode-once.ts SOURCE OUT`: the pipeline as a library, without bubblewrap, whose process namespace
// would hide ffmpeg's CPU time from the shell that measures.
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { transcode } from '#media-pipeline/transcode.ts';

const [sourcePath = '', outputDir = ''] = process.argv.slice(2);
const tools = await findFfmpeg();
await transcode({
	sourcePath,
	outputDir,
	ffmpeg: { ...tools, sandbox: { ...tools.sandbox, bwrap: undefined } }
});

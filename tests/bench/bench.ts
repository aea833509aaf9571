// `npm run bench` prints what things cost; `npm run bench -- transcode http` only those. Nothing here passes or fails.
import { benchCertificates } from './certificates.ts';
import { benchHttp } from './http.ts';
import { benchImports } from './imports.ts';
import { benchIndicators } from './indicators.ts';
import { benchMedia } from './media.ts';
import { benchQuiz } from './quiz.ts';
import { benchScorm } from './scorm.ts';
import { benchTranscode } from './transcode.ts';

const BENCHES = {
	transcode: benchTranscode,
	media: benchMedia,
	http: benchHttp,
	indicators: benchIndicators,
	imports: benchImports,
	certificates: benchCertificates,
	quiz: benchQuiz,
	scorm: benchScorm
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in BENCHES));
if (unknown) {
	console.error(`no bench “${unknown}”; there are: ${Object.keys(BENCHES).join(', ')}`);
	process.exit(2);
}
for (const [name, bench] of Object.entries(BENCHES)) {
	if (asked.length === 0 || asked.includes(name)) await bench();
}

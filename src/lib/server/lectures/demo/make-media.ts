// Makes the voices and the one-page outlines of the sample lectures anew: `node src/lib/server/lectures/demo/make-media.ts`.
// Needs espeak-ng, ffmpeg and LibreOffice; run it after editing kc01-lessons.ts and commit what it writes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AlignmentType, Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { KC01_LECTURES, type SampleLecture } from './kc01-lessons.ts';

const HERE = import.meta.dirname;
const WORDS_PER_MINUTE = 112;
/** Silence after each slide, seconds. */
const PAUSE_S = 1.5;

/** Seconds each slide stands, in order; compose.ts and captions read them. */
type Timings = Record<string, number[]>;

async function voiceOf({ key, slides }: SampleLecture, folder: string): Promise<number[]> {
	const durations: number[] = [];
	const list: string[] = [];
	for (const [i, { heading, spoken }] of slides.entries()) {
		const words = `${heading.replaceAll('PBGDPL', 'phổ biến, giáo dục pháp luật')}. ${spoken}`;
		const wav = path.join(folder, `${key}-${i}.wav`);
		const padded = path.join(folder, `${key}-${i}-padded.wav`);
		execFileSync('espeak-ng', ['-v', 'vi', '-s', String(WORDS_PER_MINUTE), '-p', '45', '-w', wav, words]);
		execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, '-af', `apad=pad_dur=${PAUSE_S}`, padded]);
		const probe = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', padded];
		durations.push(Math.round(Number(execFileSync('ffprobe', probe, { encoding: 'utf8' })) * 100) / 100);
		list.push(`file '${padded}'`);
	}
	const listFile = path.join(folder, `${key}.txt`);
	await fs.writeFile(listFile, list.join('\n'));
	const encode = ['-ac', '1', '-c:a', 'libopus', '-b:a', '11k', '-application', 'voip', path.join(HERE, `${key}.opus`)];
	execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', listFile, ...encode]);
	return durations;
}

async function outlineOf({ key, title, slides }: SampleLecture, folder: string): Promise<void> {
	const text = (content: string, options = {}) =>
		new TextRun({ text: content, font: 'Times New Roman', size: 28, ...options });
	const children = [
		new Paragraph({ alignment: AlignmentType.CENTER, children: [text('ĐỀ CƯƠNG BÀI HỌC', { bold: true })] }),
		new Paragraph({
			alignment: AlignmentType.CENTER,
			heading: HeadingLevel.HEADING_1,
			children: [text(title, { bold: true, color: '000000' })]
		}),
		new Paragraph({
			spacing: { after: 120 },
			alignment: AlignmentType.CENTER,
			children: [text('(Tài liệu minh họa)', { italics: true })]
		}),
		...slides.flatMap(({ heading, lines, spoken }, i) => [
			new Paragraph({ spacing: { before: 160 }, children: [text(`${i + 1}. ${heading}`, { bold: true })] }),
			...lines.map((line) => new Paragraph({ indent: { left: 567 }, children: [text(`- ${line}`)] })),
			new Paragraph({ alignment: AlignmentType.JUSTIFIED, indent: { firstLine: 567 }, children: [text(spoken)] })
		])
	];
	const page = { size: { width: 11906, height: 16838 }, margin: { top: 1134, bottom: 1134, left: 1701, right: 1134 } };
	const docx = path.join(folder, `${key}.docx`);
	await fs.writeFile(docx, await Packer.toBuffer(new Document({ sections: [{ properties: { page }, children }] })));
	execFileSync('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', HERE, docx], { stdio: 'ignore' });
}

const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sample-media-'));
const timings: Timings = {};
for (const lecture of KC01_LECTURES) {
	timings[lecture.key] = await voiceOf(lecture, folder);
	await outlineOf(lecture, folder);
}
await fs.writeFile(path.join(HERE, 'timings.json'), `${JSON.stringify(timings, null, '\t')}\n`);
await fs.rm(folder, { recursive: true });

import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { lessonVersions } from '#lib/server/catalogue/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import * as captions from '#lib/server/lectures/captions.ts';
import { getPreviewMaster, getPreviewTrack } from '#lib/server/lectures/media.ts';
import { lectureRevisions } from '#lib/server/lectures/tables.ts';
import { getMasterPlaylist, getRenditionPlaylist, getTextTrack } from '#lib/server/learning/media.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aLearningWorld } from '../support/learning-world.ts';
import { as, test } from '../support/test.ts';

const VTT = 'WEBVTT\n\n00:00.000 --> 00:02.000\nXin chào\n\n00:02.000 --> 00:09.500\nHẹn <b>gặp</b> lại\n';
const fileOf = (text: string | Uint8Array<ArrayBuffer>) => new File([text], 'phu-de.vtt');

/** A learner's class with one lecture of nine seconds, and a trainer of its unit. */
async function aWorld(ctx: Context) {
	const world = await aLearningWorld(ctx, { lecturesS: [9] });
	const [lesson] = await ctx.db.select().from(lessonVersions).where(eq(lessonVersions.lessonId, world.lessonIds[0]!));
	const lectureId = lesson!.lectureId!;
	const renditions = [
		{
			name: '240p',
			kind: 'video',
			mediaKey: 'x',
			playlistKey: 'y',
			width: 426,
			height: 240,
			fps: 25,
			codecs: 'avc1.64000d',
			bandwidth: 2,
			averageBandwidth: 1,
			sizeBytes: 1
		} as const
	];
	await ctx.db
		.update(lectureRevisions)
		.set({ renditions: [...renditions] })
		.where(eq(lectureRevisions.lectureId, lectureId));
	const trainer: Actor = {
		kind: 'account',
		accountId: world.accountId,
		displayName: 'Giảng viên',
		grants: [{ role: 'trainer', unitId: world.unitId, unitPath: '1' }]
	};
	const where = { participationId: world.participationId, lessonId: world.lessonIds[0]! };
	return { lectureId, trainer: as(ctx, trainer), learner: as(ctx, world.learner), where };
}

describe('captions', () => {
	test('a file becomes a subtitle rendition that the learner’s player finds, rewritten', async ({ ctx }) => {
		const { lectureId, trainer, learner, where } = await aWorld(ctx);
		expect(await captions.uploadCaptions(trainer, lectureId, { language: 'vi', file: fileOf(VTT) })).toEqual({
			lines: 2
		});
		const master = await getMasterPlaylist(learner, where, (name) => `${name}.m3u8`);
		expect(master).toContain('TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="Tiếng Việt",LANGUAGE="vi"');
		expect(master).toMatch(/RESOLUTION=426x240.*SUBTITLES="subtitles"/);
		const playlist = await getRenditionPlaylist(learner, { ...where, rendition: 'captions-vi' });
		expect(playlist).toMatch(/#EXTINF:9\.000,\nvi\.vtt\n/);
		const track = await getTextTrack(learner, { ...where, name: 'vi' });
		expect(track).toContain('00:00:02.000 --> 00:00:09.000\nHẹn gặp lại'); // no markup, and not beyond the end
	});

	test('hidden captions are for nobody who learns, and show again', async ({ ctx }) => {
		const { lectureId, trainer, learner, where } = await aWorld(ctx);
		await captions.uploadCaptions(trainer, lectureId, { language: 'km', file: fileOf(VTT) });
		await captions.setCaptionState(trainer, lectureId, { language: 'km', state: 'draft' });
		expect(await getMasterPlaylist(learner, where, String)).not.toContain('SUBTITLES');
		await expect(getTextTrack(learner, { ...where, name: 'km' })).rejects.toThrow('captions.not_found');
		await captions.uploadCaptions(trainer, lectureId, { language: 'km', file: fileOf(VTT) });
		await expect(getPreviewTrack(trainer, lectureId, 'km')).rejects.toThrow('captions.not_found');
		await captions.setCaptionState(trainer, lectureId, { language: 'km', state: 'published' });
		expect(await getPreviewMaster(trainer, lectureId)).toContain('Tiếng Khmer');
		await captions.removeCaptions(trainer, lectureId, 'km');
		expect((await captions.getCaptionsForAuthor(trainer, lectureId)).tracks).toEqual([]);
	});

	test.for([
		{ name: 'of another encoding', file: new Uint8Array([0x58, 0xe1, 0x20]), code: 'captions.not_utf8' },
		{ name: 'of a longer recording', file: 'x\n00:00:11,000 --> 00:00:12,000\nX', code: 'captions.beyond_end' },
		{ name: 'with a wrong time', file: '00:99.000 --> 00:12.000\nX', code: 'captions.bad_time' }
	])('a file $name is refused', async ({ file, code }, { ctx }) => {
		const { lectureId, trainer } = await aWorld(ctx);
		await expect(captions.uploadCaptions(trainer, lectureId, { language: 'vi', file: fileOf(file) })).rejects.toThrow(
			code
		);
	});

	test('UTF-16, as Notepad writes it, is read', async ({ ctx }) => {
		const { lectureId, trainer } = await aWorld(ctx);
		const bytes = new Uint8Array(Buffer.from(`\uFEFF${VTT}`, 'utf16le'));
		await captions.uploadCaptions(trainer, lectureId, { language: 'vi', file: fileOf(bytes) });
		expect(await getPreviewTrack(trainer, lectureId, 'vi')).toContain('Xin chào');
	});

	test('the editor saves in order of time, and only from the newest version', async ({ ctx }) => {
		const { lectureId, trainer } = await aWorld(ctx);
		await captions.beginCaptions(trainer, lectureId, 'en');
		const { lockVersion, state, cues } = await captions.getCuesForAuthor(trainer, lectureId, 'en');
		expect({ state, cues }).toEqual({ state: 'draft', cues: [] });
		const typed = [
			{ startMs: 3000, endMs: 4000, text: 'B' },
			{ startMs: 1000, endMs: 2000, text: 'A' }
		];
		await captions.saveCues(trainer, lectureId, 'en', { lockVersion, cues: typed });
		expect((await captions.getCaptionsForAuthor(trainer, lectureId)).tracks).toMatchObject([
			{ language: 'en', lines: 2 }
		]);
		const saved = await captions.getCuesForAuthor(trainer, lectureId, 'en');
		expect(saved.cues.map(({ text }) => text)).toEqual(['A', 'B']);
		await expect(captions.saveCues(trainer, lectureId, 'en', { lockVersion, cues: [] })).rejects.toThrow('form.stale');
	});

	test('a trainer of another unit and a learner change nothing', async ({ ctx }) => {
		const { lectureId, learner } = await aWorld(ctx);
		const stranger = as(ctx, {
			kind: 'account',
			accountId: '00000000-0000-4000-8000-000000000001',
			displayName: 'X',
			grants: [{ role: 'trainer', unitId: '00000000-0000-4000-8000-000000000002', unitPath: '7' }]
		});
		const input = { language: 'vi', file: fileOf(VTT) };
		await expect(captions.uploadCaptions(stranger, lectureId, input)).rejects.toThrow('no_such_lecture');
		await expect(captions.saveChapters(learner, lectureId, '')).rejects.toThrow(/forbidden/i);
	});
});

test('chapters are a track of the timeline, and a wrong line is named', async ({ ctx }) => {
	const { lectureId, trainer, learner, where } = await aWorld(ctx);
	await captions.saveChapters(trainer, lectureId, '0:00 Mở đầu\n0:04 Kết luận');
	expect(await getTextTrack(learner, { ...where, name: 'chapters' })).toContain(
		'00:00:04.000 --> 00:00:09.000\nKết luận'
	);
	await expect(captions.saveChapters(trainer, lectureId, '0:00 A\nB')).rejects.toMatchObject({ params: { line: 2 } });
});

import { expect, test } from 'vitest';
import { failureOfExit, failureOfFileSystem, MediaFailure } from './failure.ts';

const exit = { tool: 'ffmpeg', exitCode: 1, exitSignal: null } as const;

test.for([
	{ stderr: 'av_interleaved_write_frame(): No space left on device', expected: 'disk_full' },
	{ stderr: '[mov,mp4] moov atom not found\nin: Invalid data found when processing input', expected: 'truncated' },
	{ stderr: "Format not on whitelist 'mov'\n", expected: 'playlist_refused' },
	{ stderr: 'Picture size 99999x99999 exceeds specified max pixel count 33177600', expected: 'too_large_picture' },
	{ stderr: 'in: Invalid data found when processing input', expected: 'unsupported_format' },
	{ stderr: 'Conversion failed!', expected: 'unknown' }
])('"$stderr" means $expected', ({ stderr, expected }) => {
	expect(failureOfExit({ ...exit, stderr }).code).toBe(expected);
});

test('a signal, also one that bubblewrap reports as a status, means killed, and may be tried again', () => {
	expect(failureOfExit({ ...exit, exitCode: null, exitSignal: 'SIGKILL', stderr: '' }).code).toBe('killed');
	expect(failureOfExit({ ...exit, exitCode: 137, stderr: '' })).toMatchObject({ code: 'killed', isRetryable: true });
	expect(new MediaFailure('truncated', '').isRetryable).toBe(false);
});

test('a full disk has its code, any other error of the file system stays itself', () => {
	expect(failureOfFileSystem(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toMatchObject({ code: 'disk_full' });
	const other = Object.assign(new Error('x'), { code: 'EACCES' });
	expect(failureOfFileSystem(other)).toBe(other);
});

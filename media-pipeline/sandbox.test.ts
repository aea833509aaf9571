import { expect, test } from 'vitest';
import { confine } from './sandbox.ts';

const job = {
	command: '/opt/ffmpeg/bin/ffmpeg',
	args: ['-i', '/up/a; rm -rf b.mp4'],
	readable: ['/up/a; rm -rf b.mp4'],
	workDir: '/work/job',
	cpuS: 60,
	fileBytes: 5000
};
const limits = { prlimit: '/usr/bin/prlimit', setpriv: '/usr/bin/setpriv', nice: '/usr/bin/nice' };

test('bubblewrap shows the tool its folder, its source read-only and its work folder, and no network', () => {
	const { command, args } = confine(
		{ ...limits, bwrap: { path: '/usr/bin/bwrap', systemBinds: ['--ro-bind', '/usr', '/usr'] } },
		job
	);
	const line = args.join(' ');
	expect(command).toBe('/usr/bin/bwrap');
	expect(line).toContain('--unshare-all --die-with-parent');
	expect(line).toContain(
		'--ro-bind /opt/ffmpeg/bin /opt/ffmpeg/bin --bind /work/job /work/job --ro-bind /up/a; rm -rf b.mp4'
	);
	expect(line).toContain('--fsize=5000');
	expect(args.slice(-3)).toEqual([job.command, ...job.args]);
});

test('without bubblewrap the limits, the low priority and the death signal stay', () => {
	const { command, args } = confine(limits, job);
	expect(command).toBe('/usr/bin/setpriv');
	expect(args.slice(0, 3)).toEqual(['--pdeathsig', 'KILL', '/usr/bin/prlimit']);
	expect(args.join(' ')).toContain('--cpu=60');
	expect(args.join(' ')).not.toContain('--nproc');
});

test('where nothing works the tool runs bare, with its arguments unchanged', () => {
	expect(confine({}, job)).toEqual({ command: job.command, args: job.args });
});

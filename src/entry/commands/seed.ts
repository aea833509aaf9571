import { seedSynthetic } from '#lib/server/indicators/synthetic.ts';
import { type Command, UsageError } from '../command.ts';

const OPTIONS = { people: '1000', units: '100', activities: '200', participations: '5000' } as const;

/** Made data for load tests, in an empty database only. */
export const command: Command = {
	summary: 'Tạo dữ liệu giả để đo tải / make synthetic data for load tests',
	usage: '[--people N] [--units N] [--activities N] [--participations N]',
	details: [
		'Chỉ chạy khi chưa có người nào trong danh sách. / Only where no person is on the roster yet.',
		`Mặc định / defaults: ${Object.entries(OPTIONS)
			.map(([name, value]) => `--${name} ${value}`)
			.join(' ')}`
	],
	options: {
		people: { type: 'string', default: OPTIONS.people },
		units: { type: 'string', default: OPTIONS.units },
		activities: { type: 'string', default: OPTIONS.activities },
		participations: { type: 'string', default: OPTIONS.participations }
	},
	async run({ values, ctx: open, note }) {
		const number = (name: keyof typeof OPTIONS) => {
			const value = Number(values[name]);
			if (!Number.isInteger(value) || value < 2) throw new UsageError(`--${name} N (N ≥ 2)`);
			return value;
		};
		const size = {
			people: number('people'),
			units: number('units'),
			activities: number('activities'),
			participations: number('participations')
		};
		if (size.participations > size.people * size.activities)
			throw new UsageError('--participations ≤ people × activities');
		const startedAt = performance.now();
		await seedSynthetic(await open(), size, note);
		const seconds = Math.round((performance.now() - startedAt) / 1000);
		return { text: `✓ ${JSON.stringify(size)} · ${seconds} s`, data: { ...size, seconds } };
	}
};

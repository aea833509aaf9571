import { parseDay } from '#lib/i18n/format.ts';
import { indicatorsMessages } from '#lib/i18n/indicators.ts';
import { readTargetsFilter } from '#lib/indicators/input.ts';
import { shareText, type Share } from '#lib/indicators/share.ts';
import { getTargetsPage, type TargetFigure, type TargetsPage } from '#lib/server/indicators/service.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import { type Command, UsageError } from '../command.ts';

const t = indicatorsMessages.vi;

/** The targets page as text, for scripts and for checking a figure. */
export const command: Command = {
	summary: 'Chỉ tiêu tập huấn tại ngày chốt / training targets as of a cut-off',
	usage: '[--unit CODE] [--cut-off DATE]',
	details: [
		'--unit CODE      mã đơn vị, mặc định toàn tỉnh / unit code, the whole province unless given',
		'--cut-off DATE   ngày chốt dd/mm/yyyy hoặc yyyy-mm-dd, mặc định hôm nay / cut-off day, today unless given'
	],
	options: { unit: { type: 'string' }, 'cut-off': { type: 'string' } },
	async run({ values, ctx: open }) {
		const day = typeof values['cut-off'] === 'string' ? parseDay(values['cut-off']) : undefined;
		if (values['cut-off'] !== undefined && !day) throw new UsageError('--cut-off 31/12/2026');
		const params = new URLSearchParams();
		if (typeof values.unit === 'string') params.set('unit', values.unit);
		if (day) params.set('cutoff', day);
		try {
			const page = await getTargetsPage(await open(), readTargetsFilter(params));
			return { text: textOf(page), data: dataOf(page) };
		} catch (error) {
			if (isDomainError(error) && error.code === 'indicators.unknown_unit')
				throw new UsageError(`--unit: ${values.unit}?`);
			throw error;
		}
	}
};

const ratio = (share: Share) => `${share.part}/${share.whole}  ${shareText(share)}`;
const VERDICTS = { met: t.met, missed: t.missed, none: t.none };

function textOf({ selection, trained, online, onlineUpper, completion, sentences }: TargetsPage): string {
	const line = (label: string, figure: TargetFigure) => `${label}: ${ratio(figure.share)}  ${VERDICTS[figure.verdict]}`;
	return [
		`${selection.unit.name} (${selection.unit.code}) · ${selection.window.from} … ${selection.window.to}`,
		line(t.trainedShort, trained),
		line(t.onlineShort, online),
		t.upper(ratio(onlineUpper)),
		`${t.completion}: ${ratio(completion)}`,
		'',
		sentences.trained,
		sentences.online
	].join('\n');
}

function dataOf({ selection, trained, online, ...page }: TargetsPage) {
	const { unit, stage, window } = selection;
	const figure = ({ share, verdict, missing, target }: TargetFigure) => ({
		...share,
		verdict,
		missing: missing ?? null,
		target: target ? `${target.comparison} ${target.percent}` : null
	});
	return {
		unit: unit.code,
		stage: stage.code,
		...window,
		trained: figure(trained),
		online: { ...figure(online), strict: page.onlineStrict, upper: page.onlineUpper },
		completion: page.completion,
		attendances: page.attendances,
		aggregate: page.aggregate
	};
}

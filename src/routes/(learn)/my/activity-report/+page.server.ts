import { fail } from '@sveltejs/kit';
import { SelfReportLineId, SelfReportLineInput, SelfReportWordsInput } from '#lib/reporting/self-report.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import {
	getOwnSelfReport,
	removeSelfReportLine,
	saveSelfReport,
	saveSelfReportLine,
	withdrawSelfReport
} from '#lib/server/reporting/self-reports/own.ts';
import type { Actions, PageServerLoad } from './$types';

const yearIn = (url: URL) => Number(url.searchParams.get('year') ?? Number.NaN);

/** `line` is the activity that is being changed. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const own = await getOwnSelfReport(locals.ctx, yearIn(url));
	const asked = url.searchParams.get('line');
	return { ...own, edited: own.isOpen ? own.lines.find(({ id }) => id === asked) : undefined };
};

export const actions: Actions = {
	line: async ({ locals, request, url }) => {
		const form = await readForm(request, SelfReportLineInput);
		if (!form.ok) return fail(400, { at: 'line' as const, issues: form.issues, values: form.values });
		try {
			await saveSelfReportLine(locals.ctx, yearIn(url), form.data);
			return { did: 'saved' as const };
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: asTyped(form.data) });
		}
	},
	remove: async ({ locals, request, url }) => {
		const form = await readForm(request, SelfReportLineId);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await removeSelfReportLine(locals.ctx, yearIn(url), form.data.id);
			return { did: 'saved' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	words: async ({ locals, request, url }) => {
		const form = await readForm(request, SelfReportWordsInput);
		if (!form.ok) return fail(400, { issues: form.issues, words: form.values });
		try {
			await saveSelfReport(locals.ctx, yearIn(url), form.data);
			return { did: form.data.intent === 'send' ? ('sentNow' as const) : ('saved' as const) };
		} catch (error) {
			const [status, said] = refusal(error);
			const { difficulties, proposals } = form.data;
			return fail(status, { ...said, words: { difficulties: difficulties ?? '', proposals: proposals ?? '' } });
		}
	},
	withdraw: async ({ locals, url }) => {
		try {
			await withdrawSelfReport(locals.ctx, yearIn(url));
			return { did: 'withdrawn' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};

const asTyped = ({ isOnline, ...line }: SelfReportLineInput): Record<string, string> => ({
	...Object.fromEntries(Object.entries(line).map(([key, value]) => [key, String(value ?? '')])),
	...(isOnline && { isOnline: 'on' })
});

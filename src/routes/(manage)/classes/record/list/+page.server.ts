import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { AttendanceListInput, RecordListedClassInput, TICKED_FACTS } from '#lib/training/input.ts';
import { keepAttendanceList, readAttendanceList, type ListedRow } from '#lib/server/training/attendance-list.ts';
import { getClassChoices } from '#lib/server/training/choices.ts';
import { recordListedClass } from '#lib/server/training/listed-class.ts';
import { today, type Context } from '#lib/server/platform/context.ts';
import { parseForm, readForm, refusal, tickedIn } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	...(await getClassChoices(locals.ctx)),
	asked: url.searchParams.get('unit'),
	activityId: randomUUID(),
	today: today(locals.ctx)
});

/** What the preview shows of a line; no personal number or telephone goes back to the browser. */
function shown({ row, person, unitName, isUnitUnknown, match, candidates }: ListedRow) {
	const name = (personId: string) => candidates.find((candidate) => candidate.personId === personId);
	const ids =
		match.kind === 'matched'
			? [match.personId, ...candidates.map(({ personId }) => personId).filter((id) => id !== match.personId)]
			: match.kind === 'uncertain'
				? match.personIds
				: [];
	return {
		...{ row, unitName, isUnitUnknown },
		fullName: person?.fullName ?? '',
		birth: person?.birth?.birthDate ?? person?.birth?.birthYear?.toString() ?? '',
		kind: person ? match.kind : ('unreadable' as const),
		by: match.kind === 'matched' ? match.by : undefined,
		people: ids.flatMap((id) => {
			const found = name(id);
			return found
				? [{ personId: id, fullName: found.fullName, birthYear: found.birthYear, unitName: found.unitName }]
				: [];
		})
	};
}

async function preview(ctx: Context, listId: string, organiserUnitId: string) {
	const rows = await readAttendanceList(ctx, { listId, organiserUnitId });
	return { listId, organiserUnitId, rows: rows.map(shown) };
}

export const actions: Actions = {
	check: async ({ locals, request }) => {
		const form = await readForm(request, AttendanceListInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			const listId = await keepAttendanceList(locals.ctx, form.data.file);
			return { list: await preview(locals.ctx, listId, form.data.organiserUnitId) };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	save: async ({ locals, request }) => {
		const body = await request.formData();
		const form = parseForm(body, RecordListedClassInput);
		const text = (name: string) => String(body.get(name) ?? '');
		const typed = {
			values: Object.fromEntries([...body].map(([name, value]) => [name, String(value)])),
			choices: body.getAll('choices[]').map(String),
			lists: tickedIn(body, TICKED_FACTS)
		};
		let activityId: string;
		try {
			if (!form.ok) {
				return fail(400, {
					...typed,
					issues: form.issues,
					list: await preview(locals.ctx, text('listId'), text('organiserUnitId'))
				});
			}
			({ activityId } = await recordListedClass(locals.ctx, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			const list = await preview(locals.ctx, text('listId'), text('organiserUnitId')).catch(() => undefined);
			return fail(status, { ...typed, ...refused, list });
		}
		redirect(303, `/classes/${activityId}`);
	}
};

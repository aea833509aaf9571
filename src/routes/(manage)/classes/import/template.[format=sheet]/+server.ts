import { activityImportMessages } from '#lib/i18n/activity-import.ts';
import { tableImportMessages } from '#lib/i18n/table-import.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { ACTIVITY_FIELDS, type ActivityField } from '#lib/training/activity-lines.ts';
import type { RequestHandler } from './$types';

const EXAMPLE: Partial<Record<ActivityField, string>> = {
	title: 'Tập huấn kỹ năng số cho tuyên truyền viên pháp luật',
	mode: 'Trực tuyến',
	startsOn: '05/3/2026',
	endsOn: '06/3/2026',
	teachingPeriods: '8',
	kind: 'Tập huấn',
	documentNo: '15/KH-UBND',
	documentDate: '20/02/2026',
	topics: 'Kỹ năng chuyển đổi số trong công tác PBGDPL'
};

export const GET: RequestHandler = ({ locals, params }) => {
	authorise(locals.ctx.actor, 'training:manage');
	const { fields } = activityImportMessages[locals.locale];
	const { activities } = tableImportMessages[locals.locale];
	const sheet = {
		title: activities.title,
		headings: ACTIVITY_FIELDS.map((field) => fields[field]),
		rows: [ACTIVITY_FIELDS.map((field) => EXAMPLE[field] ?? '')],
		notes: [activities.lead]
	};
	return sheetAnswer(sheet, 'mau-hoat-dong', params.format);
};

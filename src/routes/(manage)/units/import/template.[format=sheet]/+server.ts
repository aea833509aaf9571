import { organisationMessages } from '#lib/i18n/organisation.ts';
import { tableImportMessages } from '#lib/i18n/table-import.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
	authorise(locals.ctx.actor, 'unit:manage');
	const { units: t } = organisationMessages[locals.locale];
	const { units } = tableImportMessages[locals.locale];
	const rows = [
		['MH-X1', 'Ủy ban nhân dân xã Minh Họa', 'Xã', ''],
		['MH-X1-VP', 'Văn phòng HĐND và UBND xã Minh Họa', 'Văn phòng', 'MH-X1']
	];
	const sheet = { title: units.title, headings: [t.code, t.name, t.type, t.parent], rows, notes: [units.lead] };
	return sheetAnswer(sheet, 'mau-don-vi', params.format);
};

import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';
import type { ReportChoice } from '#lib/reporting/input.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openPeriod } from '#lib/server/reporting/periods.ts';
import { getReportFile } from '#lib/server/reporting/reports.ts';
import { getSampleTemplate, getTemplatePage, removeTemplate, uploadTemplate } from '#lib/server/reporting/templates.ts';
import { indicatorWorld } from '../support/indicator-world.ts';
import { as, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

const BY_TEMPLATE: ReportChoice = { outline: 'section', tables: ['02'], isDefault: false, isByTemplate: true };

async function aYear(ctx: Context) {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const unit = await world.unit('A', province);
	const roster = await world.people(unit, 10);
	for (const title of ['Lớp Một <thử> & "hai"', 'Lớp Hai'])
		await world.trained(await world.activity(unit, { title, mode: 'online_live' }), roster.slice(0, 8), unit);
	const { periodId } = await openPeriod(ctx, {
		...{ kind: 'year', year: 2026, stage: null, name: null, fromOn: null, toOn: null },
		...{ cutOff: '2026-11-20', dueOn: '2026-12-10' }
	});
	return { unit, key: { periodId, unitId: province.id } };
}

const file = (body: Uint8Array, name = 'Mẫu tỉnh.docx') => new File([new Uint8Array(body)], name);

test('a province uploads a template, and reports are filled into it, rows repeated', async ({ ctx }) => {
	const { key } = await aYear(ctx);
	await expect(getReportFile(ctx, key, 'docx', BY_TEMPLATE)).rejects.toMatchObject({ code: 'reporting.no_template' });
	await uploadTemplate(ctx, file(await getSampleTemplate(ctx)));
	expect((await getTemplatePage(ctx)).template?.name).toBe('Mẫu tỉnh.docx');
	const { body } = await getReportFile(ctx, key, 'docx', BY_TEMPLATE);
	const xml = strFromU8(unzipSync(new Uint8Array(body))['word/document.xml']!);
	const text = xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');
	expect(text).toContain('Trong kỳ có 02 hoạt động, trong đó 02 trực tuyến (100,00%).');
	expect(text).toContain('08 người được tập huấn');
	expect(text).toContain('Lớp Một &lt;thử&gt; &amp; ');
	expect(text).toContain('Lớp Hai');
	expect(text).not.toMatch(/[{}]/);
	expect(text).toContain('ĐƠN VỊ P');
	await removeTemplate(ctx);
	await expect(getReportFile(ctx, key, 'docx', BY_TEMPLATE)).rejects.toMatchObject({ code: 'reporting.no_template' });
});

test('only the Sở may upload, and a template that is refused changes nothing', async ({ ctx }) => {
	const { unit } = await aYear(ctx);
	await uploadTemplate(ctx, file(await getSampleTemplate(ctx)));
	await expect(uploadTemplate(ctx, file(new Uint8Array(10), 'x.docx'))).rejects.toMatchObject({
		code: 'form.file_type'
	});
	expect((await getTemplatePage(ctx)).template?.name).toBe('Mẫu tỉnh.docx');
	const admin = as(ctx, anActor('unit_admin', unit));
	await expect(uploadTemplate(admin, file(new Uint8Array(10)))).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(getTemplatePage(admin)).rejects.toMatchObject({ kind: 'forbidden' });
});

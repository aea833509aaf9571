import { Document, Packer, Paragraph } from 'docx';
import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { NewResourceInput } from '#lib/library/input.ts';
import { libraryJobs } from '#lib/server/library/jobs.ts';
import { downloadAddress, getManagedResource, listResources, openResource } from '#lib/server/library/read.ts';
import { addResource, addVersion, changeResource, withdrawResource } from '#lib/server/library/write.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { runJobs } from '../support/jobs.ts';
import { as, test } from '../support/test.ts';
import { anActor, aProvince } from '../support/training-world.ts';

const input = (unitId: string, more: Partial<NewResourceInput> = {}): NewResourceInput => ({
	...{ kind: 'document', title: 'Sổ tay pháp luật', summary: null, author: null, legalFields: [], audience: [] },
	...{ documentNo: null, issuer: null, issuedOn: null, sourceUrl: null, isAiGenerated: false, file: undefined },
	unitId,
	...more
});

async function aPdf(text: string): Promise<File> {
	const pdf = new PDFDocument();
	pdf.text(text).end();
	return new File([new Uint8Array(await buffer(pdf))], 'so-tay.pdf');
}

async function aDocx(text: string): Promise<File> {
	const document = new Document({ sections: [{ children: [new Paragraph(text)] }] });
	return new File([new Uint8Array(await Packer.toBuffer(document))], 'de-cuong.docx');
}

const find = async (ctx: Context, text: string) =>
	(await listResources(ctx, { text, page: 1 })).rows.map(({ id }) => id);

test('a resource is found by the words of its files without marks, and uses are counted', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const editor = as(ctx, anActor('unit_admin', commune));
	const reader = as(ctx, anActor('learner', otherCommune));
	await expect(addResource(editor, input(commune.id))).rejects.toMatchObject({ code: 'library.nothing_to_show' });
	await expect(addResource(editor, input(otherCommune.id))).rejects.toMatchObject({ kind: 'not_found' });
	const id = await addResource(editor, input(commune.id, { file: await aPdf('Hoa giai o co so: muoi buoc') }));
	await runJobs(ctx, libraryJobs);
	expect(await find(reader, 'hòa giải bước')).toEqual([id]);
	expect(await find(reader, 'so tay')).toEqual([id]);
	expect(await find(reader, 'đất đai')).toEqual([]);
	const opened = await openResource(reader, id);
	expect(opened.file).toMatchObject({ number: 1, contentType: 'application/pdf', name: 'so-tay.pdf' });
	expect(await downloadAddress(reader, id, opened.file!.id)).toMatch(/library/);
	expect((await openResource(reader, id)).resource).toMatchObject({ views: 2, downloads: 1, mayManage: false });
	await addVersion(editor, id, { file: await aDocx('Quyền sử dụng đất đai'), note: 'Cập nhật' });
	await runJobs(ctx, libraryJobs);
	expect(await find(reader, 'dat dai')).toEqual([id]);
	await expect(downloadAddress(reader, id, opened.file!.id)).rejects.toMatchObject({ code: 'library.no_resource' });
	expect((await getManagedResource(editor, id)).files.map(({ number }) => number)).toEqual([2, 1]);
	const { unitId: _, file: __, ...facts } = input(commune.id, { title: 'Cẩm nang', isAiGenerated: true });
	await changeResource(editor, id, { ...facts, version: 1 });
	await expect(changeResource(editor, id, { ...facts, version: 1 })).rejects.toMatchObject({ code: 'form.stale' });
	await withdrawResource(editor, id, 'Hết hiệu lực');
	expect(await find(reader, 'cam nang')).toEqual([]);
	await expect(openResource(reader, id)).rejects.toMatchObject({ code: 'library.no_resource' });
	expect((await openResource(editor, id)).resource.withdrawReason).toBe('Hết hiệu lực');
});

test('links stand without a file, and a page of script is no file of ours', async ({ ctx }) => {
	const { commune } = await aProvince(ctx);
	const editor = as(ctx, anActor('unit_admin', commune));
	const id = await addResource(editor, input(commune.id, { kind: 'link', sourceUrl: 'https://vbpl.vn' }));
	expect((await openResource(editor, id)).file).toBeUndefined();
	const file = new File(['<script>alert(1)</script>'], 'tai-lieu.pdf');
	await expect(addResource(editor, input(commune.id, { file }))).rejects.toMatchObject({ code: 'form.file_type' });
});

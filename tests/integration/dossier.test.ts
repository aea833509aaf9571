import fs from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';
import { openDatabase } from '#lib/server/platform/database.ts';
import { writeDossier } from '../../src/entry/machine/dossier.ts';
import { examine } from '../../src/entry/machine/examine.ts';
import { makeSbom } from '../../src/entry/machine/sbom.ts';
import { test } from '../support/test.ts';
import { aPerson, aProvince } from '../support/training-world.ts';

function textOf(docx: Buffer): string {
	const xml = strFromU8(unzipSync(new Uint8Array(docx))['word/document.xml'] ?? new Uint8Array());
	return xml.replaceAll('</w:p>', '\n').replaceAll(/<[^>]+>/g, '');
}

test('the draft of the security dossier tells this installation, and leaves to the agency what is the agency’s', async ({
	ctx
}) => {
	const { commune } = await aProvince(ctx);
	for (const name of ['Nguyễn Văn An', 'Trần Thị Bình', 'Lê Văn Cường']) await aPerson(ctx, commune, name);
	const pool = openDatabase(ctx.config.databaseUrl, { max: 1 });
	try {
		const findings = await examine({ sql: pool.sql, config: ctx.config });
		const dossier = (config: typeof ctx.config) => writeDossier({ sql: pool.sql, config, findings, now: ctx.now });
		const text = textOf(await dossier({ ...ctx.config, origin: undefined }));
		for (const said of [
			'HỒ SƠ ĐỀ XUẤT CẤP ĐỘ',
			'thông tin cá nhân của 3 người, không xử lý bí mật nhà nước. Đề xuất: cấp độ 2.',
			'Chưa đặt địa chỉ https (ORIGIN)',
			'Chưa có bản sao lưu trong 8 ngày gần đây',
			'Kết nối ra ngoài đang bật: không có.',
			'20/11/2026',
			'Chủ quản hệ thống thông tin\n……',
			'Cơ quan thực hiện'
		])
			expect(text).toContain(said);
		expect(text).toMatch(/PostgreSQL \d+/);
		expect(text).not.toMatch(/undefined|NaN|Nguyễn Văn An/);
		const secure = textOf(await dossier({ ...ctx.config, origin: 'https://taphuan.example.gov.vn' }));
		expect(secure).toContain('Địa chỉ https://taphuan.example.gov.vn');
		await pool.sql`insert into person (full_name, given_name, search_name) select 'A', 'A', 'a' from generate_series(1, 9997)`;
		expect(textOf(await dossier(ctx.config))).toContain(
			'10.000 người, không xử lý bí mật nhà nước. Đề xuất: cấp độ 3.'
		);
	} finally {
		await pool.close();
	}
});

test('the bill of materials names every dependency of the product once, with its version', async () => {
	const { metadata, components } = await makeSbom();
	expect(metadata.component).toMatchObject({ name: 'buc-giang', type: 'application' });
	const { dependencies } = JSON.parse(await fs.readFile('package.json', 'utf8')) as {
		dependencies: Record<string, string>;
	};
	for (const [name, version] of Object.entries(dependencies)) {
		expect(components.filter((one) => one.name === name && one.version === version)).toHaveLength(1);
	}
	expect(components.filter(({ name }) => name === 'vitest')).toEqual([]);
});

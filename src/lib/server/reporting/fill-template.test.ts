import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { checkTemplate } from './fill-template.ts';
import { sampleTemplate } from './sample-template.ts';

const parts = unzipSync(new Uint8Array(await sampleTemplate()));
const xml = strFromU8(parts['word/document.xml']!);
const withText = (from: string, to: string) =>
	zipSync({ ...parts, 'word/document.xml': strToU8(xml.replace(from, to)) });

test('the sample is a good template, also with places in capitals', () => {
	expect(() => checkTemplate(withText('{cau_tap_huan}', '{CAU_TAP_HUAN}'))).not.toThrow();
});

test.for([
	{ what: 'a place no report has', from: '{cau_tap_huan}', to: '{mat_khau}', code: 'reporting.unknown_field' },
	{ what: 'a name of the language', from: '{cau_tap_huan}', to: '{constructor}', code: 'reporting.unknown_field' },
	{ what: 'an expression', from: '{cau_tap_huan}', to: '{1 + 1}', code: 'reporting.unknown_field' },
	{ what: 'a place of another row', from: '{chu_tri}', to: '{dh_luat}', code: 'reporting.unknown_field' },
	{ what: 'a loop left open', from: '{/hoat_dong}', to: '', code: 'reporting.template_broken' },
	{ what: 'a brace left open', from: '{cau_tap_huan}', to: '{cau_tap_huan', code: 'reporting.template_broken' }
])('a template with $what is refused', ({ from, to, code }) => {
	expect(() => checkTemplate(withText(from, to))).toThrow(code);
});

test.for([
	{ what: 'other bytes', bytes: () => strToU8('Không phải Word') },
	{ what: 'macros', bytes: () => zipSync({ ...parts, 'word/vbaProject.bin': strToU8('x') }) },
	{ what: 'a flood', bytes: () => zipSync({ ...parts, 'word/media/a.xml': new Uint8Array(70 * 1024 * 1024) }) }
])('$what is refused as no template', ({ bytes }) => {
	expect(() => checkTemplate(bytes())).toThrow('form.file_type');
});

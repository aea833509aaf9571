import { expect, test } from 'vitest';
import * as v from 'valibot';
import { parseForm, readJsonBody } from './forms.ts';

const post = (body: string) => new Request('http://x', { method: 'POST', body });

test('no NUL comes in with a form or with JSON; what only looks like one stays', async () => {
	const form = new FormData();
	form.set('title', ' a\0b ');
	form.append('kinds[]', 'x\0');
	const read = parseForm(form, v.object({ title: v.string(), kinds: v.array(v.string()) }));
	expect(read).toEqual({ ok: true, data: { title: 'ab', kinds: ['x'] } });
	expect(await readJsonBody(post(JSON.stringify({ 'k\0': 'a\0b', c: '\\u0000' })))).toEqual({ k: 'ab', c: '\\u0000' });
	expect(await readJsonBody(post('{'))).toBeUndefined();
});

import { expect, test } from 'vitest';
import { GUIDES, readGuide } from './guides.ts';

test.each(GUIDES)('the guide “%s” has a title and pictures that are there', (guide) => {
	const { title, html } = readGuide(guide);
	expect(title).toMatch(/^Hướng dẫn /);
	expect(html).toMatch(/<img src="[^"]+\.webp[^"]*" alt="[^"]{5,}" loading="lazy" \/>/);
});

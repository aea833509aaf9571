import type { PaperContent, PaperPart } from './paper.ts';

/** Changes of a paper's content; `index` counts from 0 and changes nothing where no entry is. */

export function addPart(content: PaperContent, part: PaperPart): PaperContent {
	return [...content, part];
}

export function removePart(content: PaperContent, index: number): PaperContent {
	return content.filter((_, i) => i !== index);
}

export function movePart(content: PaperContent, index: number, direction: 'up' | 'down'): PaperContent {
	const to = direction === 'up' ? index - 1 : index + 1;
	const [part, other] = [content[index], content[to]];
	if (!part || !other) return content;
	return content.map((each, i) => (i === index ? other : i === to ? part : each));
}

/** Marks of one entry, and of a random one how many are drawn. */
export function weighPart(
	content: PaperContent,
	index: number,
	weight: { marks: number; count?: number }
): PaperContent {
	return content.map((part, i) => {
		if (i !== index || part.kind === 'section') return part;
		return part.kind === 'random' ? { ...part, ...weight } : { ...part, marks: weight.marks };
	});
}

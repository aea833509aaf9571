import type { Extensions } from '@tiptap/core';

type Core = typeof import('@tiptap/core');

/**
 * Pictures, sound and clips of ours for the editor: written as `src="media:<id>"`, shown from the address of that id.
 * @param addresses by id; what is still being prepared has none and shows as its description
 */
export function mediaNodes({ Node }: Core, addresses: Readonly<Record<string, string>>): Extensions {
	const node = (name: string, tag: 'img' | 'audio' | 'video', words: 'alt' | 'aria-label') =>
		Node.create({
			name,
			group: tag === 'img' ? 'inline' : 'block',
			inline: tag === 'img',
			atom: true,
			draggable: true,
			addAttributes: () => ({ src: { default: null }, [words]: { default: '' } }),
			parseHTML: () => [{ tag: `${tag}[src^="media:"]` }],
			renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes],
			addNodeView:
				() =>
				({ node: { attrs } }) => {
					const dom = document.createElement(tag);
					const address = addresses[String(attrs.src).slice('media:'.length)];
					if (address) dom.src = address;
					dom.setAttribute(words, String(attrs[words] ?? ''));
					if (dom instanceof HTMLMediaElement) dom.controls = true;
					return { dom };
				}
		});
	return [node('picture', 'img', 'alt'), node('sound', 'audio', 'aria-label'), node('clip', 'video', 'aria-label')];
}

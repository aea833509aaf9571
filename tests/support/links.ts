/** Where a page's links lead to within the product: path and query, in the order they stand. */
export function linksOf(html: string, from: string): string[] {
	const targets = [...html.matchAll(/<a\b[^>]*?\bhref="([^"#]+)/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
	return targets
		.filter((href) => !/^(https?:|mailto:|tel:)/.test(href))
		.map((href) => new URL(href, `http://x${from}`))
		.map(({ pathname, search }) => pathname + search);
}

export const pathOf = (link: string): string => link.split('?')[0]!;

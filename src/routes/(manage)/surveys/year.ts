/** The year an address asks for; nothing for what is none. */
export const yearOf = ({ searchParams }: URL): number | undefined =>
	Number(/^20\d\d$/.exec(searchParams.get('year') ?? '')?.[0]) || undefined;

/** What an address of the targets pages keeps from page to page. */
export type Place = Readonly<{
	unit: Readonly<{ code: string }>;
	stage: Readonly<{ code: string }>;
	year?: number | undefined;
	isSincePlan?: boolean;
	window: Readonly<{ to: string }>;
}>;

/** Parameters of the address beside the place; an undefined one is left out. */
export type More = Readonly<Record<string, string | number | undefined>>;

/** Address of a targets page for the same unit, stage, period and cut-off, for example `/targets/people?unit=MH&…&trained=yes`. */
export function targetsHref(path: string, { unit, stage, year, isSincePlan, window }: Place, more: More = {}): string {
	const period = isSincePlan ? 'since' : year;
	const all: More = { unit: unit.code, stage: stage.code, period, cutoff: window.to, ...more };
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(all))
		if (value !== undefined && value !== '') params.set(name, String(value));
	return `${path}?${params}`;
}

const SYSTEMS = [/Windows/, /Android/, /iPhone|iPad/, /Mac OS/, /Linux/] as const;
const SYSTEM_NAMES = ['Windows', 'Android', 'iOS', 'macOS', 'Linux'];
/** The order matters: nearly every browser also calls itself Chrome and Safari. */
const BROWSERS = [/Zalo/i, /coc_coc|CocCoc/i, /Edg\//, /OPR\//, /Firefox/, /Chrome|CriOS/, /Safari/] as const;
const BROWSER_NAMES = ['Zalo', 'Cốc Cốc', 'Edge', 'Opera', 'Firefox', 'Chrome', 'Safari'];

/** `Chrome, Windows`: enough for a person to tell the own devices apart; undefined for what no browser sends. */
export function deviceName(userAgent: string | null | undefined): string | undefined {
	const system = SYSTEM_NAMES[SYSTEMS.findIndex((pattern) => pattern.test(userAgent ?? ''))];
	const browser = BROWSER_NAMES[BROWSERS.findIndex((pattern) => pattern.test(userAgent ?? ''))];
	return [browser, system].filter(Boolean).join(', ') || undefined;
}

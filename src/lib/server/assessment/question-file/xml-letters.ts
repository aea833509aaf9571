import { withoutSigns } from './picture-sign.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text or an attribute of a document without its entities, and without letters that stand for pictures here. */
export function decodeXml(text: string): string {
	return withoutSigns(
		text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name: string) => {
			if (name) return ENTITIES[name] ?? whole;
			const code = hex ? Number.parseInt(String(hex), 16) : Number(decimal);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
		})
	);
}

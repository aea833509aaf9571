import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';

const require = createRequire(import.meta.url);

/** Faces of Tinos (metrics of Times New Roman, all of Vietnamese), as NĐ 30/2020/NĐ-CP asks for. */
export type Face = 'regular' | 'bold' | 'italic';

const FILES: Readonly<Record<Face, string>> = {
	regular: require.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'),
	bold: require.resolve('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf'),
	italic: require.resolve('@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf')
};

const parsed = new Map<Face, PDFKit.Mixins.PDFFontSource>();

/**
 * A face for pdfkit, parsed once for the life of the process: reading the file anew for each certificate took nine tenths
 * of its time (166 against 19 ms CPU).
 */
export function fontOf(face: Face): PDFKit.Mixins.PDFFontSource {
	const known = parsed.get(face);
	if (known) return known;
	const whole = fontkit.create(readFileSync(FILES[face]));
	// A glyph keeps the characters it was first asked for with. One that was first met as a piece of another ("o" in "ơ")
	// would have none in every later document: it would be drawn, but not found, copied or read aloud.
	if ('characterSet' in whole) for (const character of whole.characterSet) whole.glyphForCodePoint(character);
	// pdfkit takes a parsed font too, which its types do not say.
	const font = whole as unknown as PDFKit.Mixins.PDFFontSource;
	parsed.set(face, font);
	return font;
}

import { matchKey } from '../text/fold.ts';

type LegalField = Readonly<{ code: string; nameVi: string; nameEn: string }>;

/**
 * Reads fields of law as people write them: by the name, whole or a part of it ("đất đai" of "Đất đai, xây dựng, nhà ở"),
 * or by the code. What names no field of the province stays the text it is.
 * @returns codes and texts, each once
 */
export function legalFieldReader(fields: readonly LegalField[]): (written: readonly string[]) => string[] {
	const codes = new Map<string, string>();
	for (const { code, nameVi, nameEn } of fields) {
		for (const name of [code, nameVi, nameEn, ...nameVi.split(',')]) {
			if (!codes.has(matchKey(name))) codes.set(matchKey(name), code);
		}
	}
	return (written) => [...new Set(written.map((text) => codes.get(matchKey(text)) ?? text))];
}

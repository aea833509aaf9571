import type { Citation } from '#lib/assessment/question.ts';
import { tidy } from '#lib/text/fold.ts';

/** Số, ký hiệu: `14/2012/QH13`, `766/QĐ-TTg`, `356/2025/NĐ-CP`. */
const NUMBER = /\d{1,4}\/(?:\d{4}\/)?\p{Lu}[\p{L}\d]*(?:-\p{L}+)*/u;
const DOCUMENT = /(?:bộ luật|luật|nghị định|thông tư|quyết định|nghị quyết|kế hoạch|hiến pháp|chỉ thị|đề án)\b/iu;

/** `khoản 2 Điều 36 Luật PBGDPL số 14/2012/QH13; Điều 5 Nghị định …` as citations, document and article apart. */
export function readCitations(words: string): Citation[] {
	return words
		.split(/;|\n/)
		.map((piece) => tidy(piece).replace(/[.,]$/, ''))
		.filter(Boolean)
		.map((piece) => {
			const number = NUMBER.exec(piece)?.[0];
			const at = DOCUMENT.exec(piece)?.index ?? (number ? piece.indexOf(number) : 0);
			const article = tidy(piece.slice(0, at).replace(/(?:\s+(?:của|tại))?\s*[,:]?$/u, '')).slice(0, 200);
			const document = number ?? tidy(piece.slice(at)).slice(0, 500);
			return { document: document || piece.slice(0, 500), article, validFrom: null, validTo: null };
		});
}

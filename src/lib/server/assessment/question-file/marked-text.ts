/** How lecturers mark the right option in Word. */
export const MARK = { bold: 1, underline: 2, red: 4, highlight: 8 } as const;
/** Strongest first: bold is also used for headings and stems, a highlighter for nothing else. */
export const MARKS_BY_STRENGTH = [MARK.highlight, MARK.red, MARK.underline, MARK.bold] as const;

/** A text with a bit mask of {@link MARK} for each of its characters. */
export type MarkedText = Readonly<{ text: string; marks: readonly number[] }>;

/** A paragraph of a document with the number Word writes before it ("Câu 1:", "A."). `line` is its 1-based place. */
export type Paragraph = Readonly<{ line: number; label: string; content: MarkedText }>;

export const unmarked = (text: string): MarkedText => ({ text, marks: Array.from(text, () => 0) });

export function part({ text, marks }: MarkedText, from: number, to = text.length): MarkedText {
	const [start, end] = [from + /^\s*/.exec(text.slice(from, to))![0].length, to];
	const length = text.slice(start, end).trimEnd().length;
	return { text: text.slice(start, start + length), marks: marks.slice(start, start + length) };
}

/** The paragraph's lines, its number in front of the first. */
export function linesOf({ label, content }: Paragraph): MarkedText[] {
	const prefix = label ? `${label} ` : '';
	const whole = { text: prefix + content.text, marks: [...Array.from(prefix, () => 0), ...content.marks] };
	const lines: MarkedText[] = [];
	let from = 0;
	for (const line of whole.text.split('\n')) {
		const own = part(whole, from, from + line.length);
		if (own.text) lines.push(own);
		from += line.length + 1;
	}
	return lines;
}

/** True when most of the letters bear the mark. */
export function isMarked({ text, marks }: MarkedText, bit: number): boolean {
	const letters = [...marks].filter((_, i) => /[\p{L}\p{N}]/u.test(text[i] ?? ''));
	return letters.length > 0 && letters.filter((mark) => (mark & bit) !== 0).length >= letters.length * 0.6;
}

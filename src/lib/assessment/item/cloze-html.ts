import type { Delivered } from '../deliver.ts';

type Cloze = Extract<Delivered, { type: 'cloze' }>;
type Shown = Readonly<{
	/** Beginning of the fields' names: `a.3`. */
	name: string;
	answers: Readonly<Record<string, string>>;
	isReadOnly: boolean;
	/** Words for the first, second … gap. */
	label: (number: number) => string;
	choose: string;
}>;

/**
 * The text with a field in the place of each gap, as one piece of HTML: gaps stand within paragraphs, so it cannot be
 * rendered piece by piece. The text was made safe when it was written; everything put into it here is escaped.
 */
export function clozeHtml({ text, gaps }: Cloze, shown: Shown): string {
	return text.replace(/\[\[([a-z0-9]{3,12})\]\]/g, (_, id: string) => {
		const index = gaps.findIndex((gap) => gap.id === id);
		return index < 0 ? '…' : field(gaps[index]!, index + 1, shown);
	});
}

function field(
	gap: Cloze['gaps'][number],
	number: number,
	{ name, answers, isReadOnly, label, choose }: Shown
): string {
	const given = answers[gap.id] ?? '';
	const common = `name="${escape(name)}.${gap.id}" data-gap="${gap.id}" aria-label="${escape(label(number))}"${isReadOnly ? ' disabled' : ''}`;
	if (gap.kind === 'choice') {
		const options = gap.options.map(
			({ id, text }) => `<option value="${id}"${id === given ? ' selected' : ''}>${escape(text)}</option>`
		);
		return `<select ${common}><option value="">${escape(choose)}</option>${options.join('')}</select>`;
	}
	const mode = gap.kind === 'numeric' ? ' inputmode="decimal" size="8"' : ' size="18"';
	return `<input type="text" ${common} value="${escape(given)}" maxlength="500" autocomplete="off" spellcheck="false"${mode}>`;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

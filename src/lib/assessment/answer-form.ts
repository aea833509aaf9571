import type { Answer } from './answer.ts';
import type { Delivered } from './deliver.ts';

/**
 * The answer that a plain form carries for one question, as `item/ItemField.svelte` names its fields: `name`, `name[]` or
 * `name.<part>`. Undefined where the form has no field of it.
 */
export function readAnswerFields(form: FormData, name: string, item: Delivered): Answer | undefined {
	const text = (key: string) => {
		const value = form.get(key);
		return typeof value === 'string' ? value.normalize('NFC').replaceAll('\r\n', '\n') : undefined;
	};
	const keyed = (ids: readonly string[]) =>
		Object.fromEntries(
			ids.flatMap((id) => ((text(`${name}.${id}`) ?? '') === '' ? [] : [[id, text(`${name}.${id}`)!]]))
		);
	switch (item.type) {
		case 'single':
			return text(name);
		case 'multiple':
			return form.getAll(`${name}[]`).map(String);
		case 'true_false':
			return text(name) === undefined ? undefined : text(name) === 'true';
		case 'matching':
			return keyed(item.pairs.map(({ id }) => id));
		case 'cloze':
			return keyed(item.gaps.map(({ id }) => id));
		case 'ordering': {
			const places = keyed(item.items.map(({ id }) => id));
			const ids = Object.keys(places);
			return ids.length < item.items.length ? undefined : ids.toSorted((a, b) => Number(places[a]) - Number(places[b]));
		}
		case 'short':
		case 'numeric':
		case 'essay':
			return text(name);
		case 'upload':
			return { files: form.getAll(`${name}.files[]`).map(String), note: text(`${name}.note`) ?? '' };
	}
}

import { parseDay } from '../i18n/format.ts';

/** A posted form whose days, typed as dd/MM/yyyy, stand as `yyyy-mm-dd`; what is no day stays as typed and is refused. */
export function withDays(form: FormData, names: readonly string[]): FormData {
	for (const name of names) {
		const typed = form.get(name);
		if (typeof typed === 'string') form.set(name, parseDay(typed) ?? typed);
	}
	return form;
}

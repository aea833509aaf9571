import { readDay } from '../text/days.ts';
import { matchKey, tidy } from '../text/fold.ts';
import { ACTIVITY_KINDS, DELIVERY_MODES, type ActivityKind, type DeliveryMode } from './activity.ts';

/** Columns of a table of activities; the first four must be there. */
export const ACTIVITY_FIELDS = [
	'title',
	'mode',
	'startsOn',
	'teachingPeriods',
	'endsOn',
	'kind',
	'organiser',
	'documentNo',
	'documentDate',
	'topics',
	'place',
	'lecturers',
	'stateBudget',
	'otherFunds'
] as const;
export type ActivityField = (typeof ACTIVITY_FIELDS)[number];
const REQUIRED: readonly ActivityField[] = ['title', 'mode', 'startsOn', 'teachingPeriods'];

/** Folded headings, the narrower before the wider; those of the exported register are among them. */
const HEADINGS: readonly (readonly [RegExp, ActivityField])[] = [
	[/^(ten lop|ten hoat dong|ten lop hoi nghi|ten|class|title)/, 'title'],
	[/^(loai|kind)/, 'kind'],
	[/^(ngay van ban|ngay ban hanh|date of the document)/, 'documentDate'],
	[/^(so van ban|so ky hieu|so quyet dinh|van ban|document)/, 'documentNo'],
	[/^(don vi chu tri|don vi to chuc|co quan chu tri|organiser)/, 'organiser'],
	[/^(chuyen de|topic)/, 'topics'],
	[/^(hinh thuc|mode)/, 'mode'],
	[/^(tu ngay|ngay bat dau|ngay to chuc|bat dau|thoi gian tu|from)/, 'startsOn'],
	[/^(den ngay|ngay ket thuc|ket thuc|to$|until)/, 'endsOn'],
	[/^(so tiet|tiet|periods|teaching)/, 'teachingPeriods'],
	[/^(dia diem|duong dan|place)/, 'place'],
	[/^(giang vien|bao cao vien|lecturer)/, 'lecturers'],
	[/^(kinh phi nsnn|ngan sach|nsnn|state)/, 'stateBudget'],
	[/^(nguon khac|kinh phi khac|other funds)/, 'otherFunds']
];

const KIND_WORDS: readonly (readonly [RegExp, ActivityKind])[] = [
	[/(boi duong|refresher)/, 'refresher'],
	[/(hoi nghi|conference)/, 'conference'],
	[/(hoi thao|seminar)/, 'seminar'],
	[/(toa dam|roundtable)/, 'roundtable'],
	[/(tap huan|training)/, 'training'],
	[/(khac|other)/, 'other']
];

const MODE_WORDS: readonly (readonly [RegExp, DeliveryMode])[] = [
	[/(ket hop|hybrid)/, 'hybrid'],
	[/(tu hoc|self paced)/, 'online_self_paced'],
	[/(truc tuyen|online)/, 'online_live'],
	[/(truc tiep|tap trung|in person)/, 'in_person']
];

/** What a table is read against. */
export type ActivityTerms = Readonly<{
	/** Id of the unit a cell means, or the code of what is wrong with it. */
	unitOf(text: string): string | { problem: 'unknown_unit' | 'ambiguous_unit' };
	/** Id of the unit of lines that name none. */
	ownUnitId: string | undefined;
	/** Code of the topic that a name or a code means. */
	topicOf(text: string): string | undefined;
	/** `yyyy-mm-dd` */
	today: string;
}>;

/** A class that was held, as one line of a table tells of it; `line` counts from 1. */
export type ActivityLine = Readonly<{
	line: number;
	title: string;
	kind: ActivityKind;
	mode: DeliveryMode;
	organiserUnitId: string;
	startsOn: string;
	endsOn: string;
	teachingPeriods: number;
	documentNo: string;
	documentDate: string | null;
	topics: string[];
	place: string | null;
	lecturers: string | null;
	stateBudgetVnd: number | null;
	otherFundsVnd: number | null;
}>;

/** What is wrong with a line; sentences in lib/i18n/activity-import.ts. */
export type ActivityProblem = Readonly<{
	line: number;
	code:
		| 'no_headings'
		| 'missing'
		| 'too_long'
		| 'unknown_mode'
		| 'self_paced'
		| 'bad_day'
		| 'future'
		| 'day_order'
		| 'bad_number'
		| 'unknown_kind'
		| 'unknown_topic'
		| 'unknown_unit'
		| 'ambiguous_unit'
		| 'no_unit';
	field: ActivityField;
	text: string;
}>;

/** Rows among which the headings are looked for. */
const TOP = 12;

/** Reads a table of activities that were held: headings in any order among the first rows, then a line each. Pure. */
export function readActivityLines(
	table: readonly (readonly string[])[],
	terms: ActivityTerms
): { lines: ActivityLine[]; problems: ActivityProblem[] } {
	const heads = table.slice(0, TOP).map(columnsOf);
	const at = heads.findIndex((columns) => columns.size >= 3 && columns.has('title'));
	const columns = heads[at];
	if (!columns) return { lines: [], problems: [{ line: 1, code: 'no_headings', field: 'title', text: '' }] };
	const absent = REQUIRED.filter((field) => !columns.has(field));
	if (absent.length > 0) {
		return {
			lines: [],
			problems: absent.map((field) => ({ line: at + 1, code: 'no_headings', field, text: '' }))
		};
	}
	const lines: ActivityLine[] = [];
	const problems: ActivityProblem[] = [];
	table.slice(at + 1).forEach((cells, index) => {
		const cell = (field: ActivityField) => tidy(cells[columns.get(field) ?? -1] ?? '');
		if (!cell('title') && !cell('startsOn') && !cell('mode')) return;
		const read = readLine(at + index + 2, cell, terms);
		if ('line' in read) lines.push(read);
		else problems.push(...read.problems);
	});
	return { lines, problems };
}

function columnsOf(cells: readonly string[]): Map<ActivityField, number> {
	const columns = new Map<ActivityField, number>();
	cells.forEach((text, column) => {
		const field = HEADINGS.find(([pattern]) => pattern.test(matchKey(text)))?.[1];
		if (field && !columns.has(field)) columns.set(field, column);
	});
	return columns;
}

type Cell = (field: ActivityField) => string;

function readLine(line: number, cell: Cell, terms: ActivityTerms): ActivityLine | { problems: ActivityProblem[] } {
	const problems: ActivityProblem[] = [];
	const tell = (code: ActivityProblem['code'], field: ActivityField) =>
		void problems.push({ line, code, field, text: cell(field).slice(0, 80) });
	const text = (field: ActivityField, longest: number) => {
		if (cell(field).length > longest) tell('too_long', field);
		return cell(field) || null;
	};
	const day = (field: ActivityField) => {
		const found = readDay(cell(field));
		if (!found) tell('bad_day', field);
		return found ?? '';
	};
	for (const field of REQUIRED) if (!cell(field)) tell('missing', field);
	if (!cell('documentNo')) tell('missing', 'documentNo');
	const startsOn = cell('startsOn') ? day('startsOn') : '';
	const endsOn = cell('endsOn') ? day('endsOn') : startsOn;
	if (startsOn && endsOn && endsOn < startsOn) tell('day_order', 'endsOn');
	if (endsOn > terms.today) tell('future', cell('endsOn') ? 'endsOn' : 'startsOn');
	const mode = wordIn(MODE_WORDS, DELIVERY_MODES, cell('mode'));
	if (cell('mode') && !mode) tell('unknown_mode', 'mode');
	if (mode === 'online_self_paced') tell('self_paced', 'mode');
	const kind = cell('kind') ? wordIn(KIND_WORDS, ACTIVITY_KINDS, cell('kind')) : 'training';
	if (!kind) tell('unknown_kind', 'kind');
	const teachingPeriods = Number(cell('teachingPeriods').replace(',', '.'));
	if (cell('teachingPeriods') && !(teachingPeriods >= 0.5 && teachingPeriods <= 400))
		tell('bad_number', 'teachingPeriods');
	const money = (field: 'stateBudget' | 'otherFunds') => {
		const digits = cell(field).replace(/[.,\s]|đ|vnd/gi, '');
		if (!/^\d{0,13}$/.test(digits)) tell('bad_number', field);
		return digits === '' ? null : Number(digits);
	};
	const topics = cell('topics')
		.split(/[;\n]/)
		.map((name) => name.trim())
		.filter((name) => name !== '')
		.map(terms.topicOf);
	if (topics.includes(undefined)) tell('unknown_topic', 'topics');
	const unit = cell('organiser') ? terms.unitOf(cell('organiser')) : terms.ownUnitId;
	if (unit === undefined) tell('no_unit', 'organiser');
	else if (typeof unit !== 'string') tell(unit.problem, 'organiser');
	const rest = {
		...{ title: text('title', 300), documentNo: text('documentNo', 100), place: text('place', 300) },
		lecturers: text('lecturers', 300),
		documentDate: cell('documentDate') ? day('documentDate') : null,
		...{ stateBudgetVnd: money('stateBudget'), otherFundsVnd: money('otherFunds') }
	};
	if (problems.length > 0 || !mode || !kind || typeof unit !== 'string') return { problems };
	return {
		...{ line, ...rest, title: rest.title ?? '', documentNo: rest.documentNo ?? '', kind, mode, organiserUnitId: unit },
		...{ startsOn, endsOn, teachingPeriods: Math.round(teachingPeriods * 10) / 10 },
		topics: topics.length > 0 ? [...new Set(topics.filter((code) => code !== undefined))] : ['digital_skills']
	};
}

/** The code itself, or what the words speak of. */
function wordIn<T extends string>(words: readonly (readonly [RegExp, T])[], codes: readonly T[], text: string) {
	return codes.find((code) => code === text) ?? words.find(([pattern]) => pattern.test(matchKey(text)))?.[1];
}

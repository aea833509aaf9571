/** Status of each item by its identifier, as SCORM 1.2 words it. */
export type StatusOf = (identifier: string) => string | undefined;

const TOKEN = /\s*(?:(<>)|([&|~=(){},*])|"([^"]*)"|([^\s&|~=(){},*<>"]+))/y;

/**
 * Whether an item may be entered: `adlcp:prerequisites` in aicc_script (SCORM 1.2, CAM 2.3.2.5.1.1): `&` and, `|` or,
 * `~` not, `=` and `<>` compare a status, `n*{a,b,c}` at least n of. An item counts as done when it is passed or completed.
 * An expression that is no aicc_script locks nothing: a learner must not be shut out by an author's slip.
 */
export function isOpenTo(prerequisites: string | undefined, statusOf: StatusOf): boolean {
	if (!prerequisites?.trim()) return true;
	try {
		const reader = { tokens: tokensOf(prerequisites), at: 0, statusOf };
		const result = either(reader);
		return result || reader.at < reader.tokens.length;
	} catch {
		return true;
	}
}

/** As some tools write them. */
const OPERATORS: Readonly<Record<string, string | undefined>> = { AND: '&', OR: '|', NOT: '~' };

type Reader = { tokens: readonly string[]; at: number; statusOf: StatusOf };

function tokensOf(text: string): string[] {
	const tokens: string[] = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.trimEnd().length) {
		const found = TOKEN.exec(text);
		if (!found) throw new Error('not aicc_script');
		tokens.push(found[1] ?? found[2] ?? found[3] ?? OPERATORS[found[4]!.toUpperCase()] ?? found[4]!);
	}
	return tokens;
}

const peek = (reader: Reader) => reader.tokens[reader.at];

function take(reader: Reader, wanted?: string): string {
	const token = reader.tokens[reader.at++];
	if (token === undefined || (wanted !== undefined && token !== wanted)) throw new Error('not aicc_script');
	return token;
}

function either(reader: Reader): boolean {
	let result = both(reader);
	while (peek(reader) === '|') {
		take(reader);
		const right = both(reader);
		result = result || right;
	}
	return result;
}

function both(reader: Reader): boolean {
	let result = one(reader);
	while (peek(reader) === '&' || peek(reader) === ',') {
		take(reader);
		const right = one(reader);
		result = result && right;
	}
	return result;
}

function one(reader: Reader): boolean {
	const token = take(reader);
	if (token === '~') return !one(reader);
	if (token === '(') {
		const result = either(reader);
		take(reader, ')');
		return result;
	}
	if (/^\d+$/.test(token) && peek(reader) === '*') return atLeast(reader, Number(token));
	const operator = peek(reader);
	if (operator !== '=' && operator !== '<>') return isDone(reader.statusOf(token));
	take(reader);
	const isSame = normal(reader.statusOf(token)) === normal(take(reader));
	return operator === '=' ? isSame : !isSame;
}

function atLeast(reader: Reader, count: number): boolean {
	take(reader, '*');
	take(reader, '{');
	let met = 0;
	for (;;) {
		if (one(reader)) met++;
		if (take(reader) === '}') return met >= count;
	}
}

const isDone = (status: string | undefined) => ['passed', 'completed'].includes(normal(status));

/** `not attempted` may be written `n`, `not_attempted`; statuses may be cut to their first letter. */
function normal(status: string | undefined): string {
	const text = (status ?? 'not attempted').toLowerCase().replace(/_/g, ' ');
	const full = ['passed', 'completed', 'browsed', 'failed', 'not attempted', 'incomplete'];
	return full.find((one) => one === text) ?? full.find((one) => text.length === 1 && one.startsWith(text)) ?? text;
}

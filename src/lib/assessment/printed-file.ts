// Read by the router in every browser: nothing is imported here.

/** What of a printed paper is taken away: the questions or the answer sheet of one mã đề, or the keys of all. */
export type PrintedFile = Readonly<{ kind: 'exam' | 'sheet' | 'key'; code: string | null; format: 'docx' | 'pdf' }>;

const KINDS = { de: 'exam', phieu: 'sheet', 'dap-an': 'key' } as const;

/** `de-123.docx`, `phieu-123.pdf`, `dap-an.pdf`; undefined for any other name. */
export function readFileName(name: string): PrintedFile | undefined {
	const found = /^(?:(de|phieu)-(\d{3})|(dap-an))\.(docx|pdf)$/.exec(name);
	if (!found) return undefined;
	const kind = KINDS[(found[1] ?? found[3]) as keyof typeof KINDS];
	return { kind, code: found[2] ?? null, format: found[4] as 'docx' | 'pdf' };
}

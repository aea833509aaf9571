/** A PDF as the answer to a request; `name` is the file's, ASCII. */
export function pdfAnswer(body: Uint8Array, name: string, { isDownload = false } = {}): Response {
	return new Response(new Uint8Array(body), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `${isDownload ? 'attachment' : 'inline'}; filename="${name}"`
		}
	});
}

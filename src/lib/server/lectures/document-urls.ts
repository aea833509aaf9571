import type { ObjectStore } from '../platform/storage/object-store.ts';
import type { DocumentRow } from './queries.ts';

const HOUR = 60 * 60;

/** Signed addresses of a document: what the page shows (PDF or image, where there is one) and the file itself. */
export type DocumentUrls = Readonly<{ viewUrl?: string; viewType?: 'pdf' | 'image'; downloadUrl: string }>;

/** Addresses for one hour, for whoever was allowed to read the lesson; they carry no session. */
export function documentUrls(
	storage: ObjectStore,
	document: Pick<DocumentRow, 'kind' | 'storageKey' | 'pdfKey' | 'contentType' | 'name'>
): DocumentUrls {
	const downloadUrl = storage.signedUrl(document.storageKey, {
		expiresInS: HOUR,
		downloadName: document.name,
		contentType: document.contentType
	});
	if (document.kind === 'image') {
		const viewUrl = storage.signedUrl(document.storageKey, { expiresInS: HOUR, contentType: document.contentType });
		return { viewUrl, viewType: 'image', downloadUrl };
	}
	if (!document.pdfKey) return { downloadUrl };
	const viewUrl = storage.signedUrl(document.pdfKey, { expiresInS: HOUR, contentType: 'application/pdf' });
	return { viewUrl, viewType: 'pdf', downloadUrl };
}

export function toLinks(storage: ObjectStore, document: DocumentRow) {
	const { id, name, kind, sizeBytes, state } = document;
	return { id, name, kind, sizeBytes, state, ...documentUrls(storage, document) };
}

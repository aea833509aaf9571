import sharp from 'sharp';

/** A picture as Word and PDF take it: neither knows WebP. Sizes in pixels. */
export type OfficePicture = Readonly<{ bytes: Buffer; type: 'png' | 'jpg'; width: number; height: number }>;

/** Longer side, pixels: 240 to the inch across a page. */
const SIDE = 1600;
/** Photographs as PNG are ten times as large as they need be; drawings seldom reach this. */
const PNG_MAX_BYTES = 300 * 1024;

/**
 * A stored picture made anew on white: PNG, and JPEG for what is a photograph by its weight. PDFKit packs transparent
 * pictures in an order of chance, and the same document is to give the same file.
 */
export async function toOfficePicture(stored: Uint8Array): Promise<OfficePicture> {
	const picture = sharp(stored)
		.flatten({ background: '#ffffff' })
		.resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true });
	const { data, info } = await picture.png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true });
	const { width, height } = info;
	if (data.length <= PNG_MAX_BYTES) return { bytes: data, type: 'png', width, height };
	return { bytes: await picture.jpeg({ quality: 88 }).toBuffer(), type: 'jpg', width, height };
}

const MM_PER_PIXEL = 25.4 / 96;

/** How large a picture is drawn: as on a screen, smaller where there is less room. Millimetres. */
export function drawnSize(
	{ width, height }: Pick<OfficePicture, 'width' | 'height'>,
	most: { widthMm: number; heightMm: number }
): { widthMm: number; heightMm: number } {
	const [widthMm, heightMm] = [width * MM_PER_PIXEL, height * MM_PER_PIXEL];
	const scale = Math.min(1, most.widthMm / widthMm, most.heightMm / heightMm);
	return { widthMm: widthMm * scale, heightMm: heightMm * scale };
}

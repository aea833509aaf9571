import { encode } from 'uqr';

/** A QR code as one SVG path in a square of `size` units, quiet zone included (ISO/IEC 18004 asks for 4). */
export type QrDrawing = Readonly<{ size: number; path: string }>;

/** The QR code of a slip's address. Level M survives a fold and a stamp; a path is a fifth of a cell-by-cell SVG. */
export function drawQr(text: string): QrDrawing {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	let path = '';
	data.forEach((row, y) => {
		for (let x = 0; x < size; x++) {
			if (!row[x]) continue;
			const from = x;
			while (row[x + 1]) x++;
			path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
		}
	});
	return { size, path };
}

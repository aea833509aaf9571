import { decodeXml } from './xml-letters.ts';
import { MOST_SIGNS, signOf } from './picture-sign.ts';

/** Shares of a picture that are cut off at its sides, 0 to 1 (ECMA-376 part 1, 20.1.8.55). */
export type Crop = Readonly<{ left: number; top: number; right: number; bottom: number }>;

/** A picture where it stands in a document. `line` is the 1-based place of its paragraph. */
export type WordPicture = Readonly<{
	line: number;
	/** What the author says it shows; empty where nothing useful is said. */
	alt: string;
	/** Id of the relation that names its part; undefined for what Word draws itself: shapes, charts. */
	relation: string | undefined;
	crop?: Crop;
}>;

/** Tags that tell of pictures: DrawingML, VML of older files and of formulas, and the choice between both. */
export const DRAWING_TAGS =
	'w:drawing|w:pict|w:object|mc:Choice|mc:Fallback|wp:docPr|pic:cNvPr|a:blip|a:srcRect|wps:wsp|v:imagedata|v:shape';

/** Longest description that is kept, letters. */
const ALT_LENGTH = 300;

type Tag = Readonly<{ name: string; attributes: string; isStart: boolean; isEnd: boolean }>;

/**
 * Collects the pictures of a document while its tags pass. Of a choice (ECMA-376 part 3) the newer form is read, and the
 * older one where the newer gave nothing, as with ink.
 */
export function collectDrawings() {
	const pictures: WordPicture[] = [];
	let alt = '';
	let [isEmpty, hasPicture, hasShape, isShapeRead] = [false, false, false, false];
	let [choices, skipped, isChosen] = [0, 0, false];
	const add = (line: number, relation: string | undefined): string => {
		[isEmpty, hasPicture, isShapeRead, isChosen] = [false, true, true, true];
		if (pictures.length === MOST_SIGNS) return '';
		pictures.push({ line, alt, relation });
		return signOf(pictures.length - 1);
	};
	const beginOrEndDrawing = (isEnd: boolean, line: number): string => {
		// What a choice does not give, its older form gives or names.
		const isLost = isEnd && ((isEmpty && choices === 0) || (hasPicture && hasShape));
		const sign = isLost ? add(line, undefined) : '';
		[isEmpty, hasPicture, hasShape, alt] = [!isEnd, false, false, ''];
		return sign;
	};
	const choose = ({ name, isStart, isEnd }: Tag): boolean => {
		const step = Number(isStart) - Number(isEnd);
		if (name === 'mc:Fallback') {
			if (skipped > 0 || (isStart && isChosen)) skipped = Math.max(0, skipped + step);
		} else if (name === 'mc:Choice' && skipped === 0) {
			choices = Math.max(0, choices + step);
			if (isStart && choices === 1) isChosen = false;
		}
		return skipped > 0 || name === 'mc:Fallback' || name === 'mc:Choice';
	};
	return {
		pictures,
		/** @returns true for what is not to be read: the older form of something that was read */
		isSkipped: choose,
		/** @returns what to write in the tag's place */
		read({ name, attributes, isEnd, isStart }: Tag, line: number): string {
			if (name === 'w:drawing' || name === 'w:pict' || name === 'w:object')
				return isStart || isEnd ? beginOrEndDrawing(isEnd, line) : '';
			if (name === 'wps:wsp') {
				if (isEnd && !isShapeRead) hasShape = true;
				isShapeRead = false;
			}
			if (isEnd) return '';
			const said = (attribute: string) => altOf(attributeOf(attributes, attribute)) || alt;
			if (name === 'wp:docPr' || name === 'pic:cNvPr') alt = said('descr');
			else if (name === 'v:shape') alt = said('alt');
			else if (name === 'a:blip') return add(line, attributeOf(attributes, 'r:(?:embed|link)'));
			else if (name === 'v:imagedata') {
				alt = said('o:title');
				return add(line, attributeOf(attributes, 'r:(?:id|href)'));
			} else if (name === 'a:srcRect' && hasPicture) cropLast(pictures, attributes);
			return '';
		},
		/** Words follow: within a drawing those of a text box. */
		readWords: () => void ([isEmpty, isShapeRead, isChosen] = [false, true, true])
	};
}

function cropLast(pictures: WordPicture[], attributes: string): void {
	const share = (side: string) => Math.min(1, Math.max(0, Number(attributeOf(attributes, side)) / 100_000 || 0));
	const crop = { left: share('l'), top: share('t'), right: share('r'), bottom: share('b') };
	const isCut = crop.left + crop.right + crop.top + crop.bottom > 0;
	const last = pictures.at(-1);
	if (last && isCut && crop.left + crop.right < 1 && crop.top + crop.bottom < 1)
		pictures[pictures.length - 1] = { ...last, crop };
}

/** @param name as the inside of a pattern @returns empty where the tag has none */
export function attributeOf(attributes: string, name: string): string {
	const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
	return decodeXml(match?.[1] ?? match?.[2] ?? '');
}

/** Names of files and what Word guesses by machine describe nothing. */
function altOf(written: string): string {
	const words = written
		.replace(/\s+/g, ' ')
		.replace(/(?:description automatically generated|mô tả được tạo tự động).*$/iu, '')
		.trim();
	return /\.(?:png|jpe?g|jfif|gif|bmp|tiff?|webp|emf|wmf|svg)$/i.test(words) ? '' : words.slice(0, ALT_LENGTH).trim();
}

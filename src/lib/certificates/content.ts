import { formatDay, formatDayLong, formatNumber } from '../i18n/format.ts';
import { trainingMessages } from '../i18n/training.ts';
import type { DeliveryMode } from '../training/activity.ts';

/** What an organiser sets of its certificates; everything that is printed and is the same on each. */
export type CertificateDesign = Readonly<{
	/** `GIẤY CHỨNG NHẬN`; never "chứng chỉ" by default, which belongs to programmes under NĐ 171/2025/NĐ-CP. */
	title: string;
	/** Cơ quan chủ quản; may be empty. */
	governingBody: string;
	/** Cơ quan cấp. */
	issuingBody: string;
	/** Địa danh, before the date. */
	place: string;
	signerTitle: string;
	signerName: string;
	/** After the number: `123/GCN`. */
	numberSuffix: string;
	/** What was done: "Đã hoàn thành lớp tập huấn". */
	completionText: string;
	/** Quốc hiệu, tiêu ngữ at the top (NĐ 30/2020/NĐ-CP, phụ lục I). */
	hasNationalHeading: boolean;
	/** A dashed circle where the seal goes. */
	hasSealPlace: boolean;
	/** Object of the logo, redrawn as JPEG; absent: no logo. */
	logoKey?: string | null;
}>;

/** What stands on one certificate, as it was when it was issued. Days are `yyyy-mm-dd`. */
export type CertificateContent = Readonly<{
	design: CertificateDesign;
	fullName: string;
	unitName: string;
	className: string;
	startsOn: string;
	endsOn: string;
	teachingPeriods: number;
	mode: DeliveryMode;
	number: number;
	issuedOn: string;
	/** Mã tra cứu. */
	code: string;
}>;

/** The words of a certificate in their places; the PDF and the preview on the page are drawn from them. */
export type CertificateWords = Readonly<{
	governingBody: string;
	issuingBody: string;
	nation: string;
	motto: string;
	title: string;
	holderLabel: string;
	holder: string;
	/** Label and value, one line each. */
	lines: readonly Readonly<{ label: string; value: string }>[];
	placeAndDate: string;
	signerTitle: string;
	signerName: string;
	sealPlace: string;
	number: string;
	code: string;
	checkHint: string;
}>;

/** Certificates are Vietnamese whatever the language of the page: they go into personnel files. */
export function certificateWords(content: CertificateContent): CertificateWords {
	const { design, startsOn, endsOn, teachingPeriods } = content;
	const span =
		startsOn === endsOn
			? `ngày ${formatDay(startsOn)}`
			: `từ ngày ${formatDay(startsOn)} đến ngày ${formatDay(endsOn)}`;
	return {
		governingBody: design.governingBody.toUpperCase(),
		issuingBody: design.issuingBody.toUpperCase(),
		nation: design.hasNationalHeading ? 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM' : '',
		motto: design.hasNationalHeading ? 'Độc lập – Tự do – Hạnh phúc' : '',
		title: design.title.toUpperCase(),
		holderLabel: 'Chứng nhận ông/bà:',
		holder: content.fullName,
		lines: [
			{ label: 'Đơn vị công tác:', value: content.unitName },
			{ label: `${design.completionText}:`, value: content.className },
			{ label: 'Thời gian:', value: `${span}, tổng số ${formatNumber(teachingPeriods)} tiết` },
			{ label: 'Hình thức:', value: trainingMessages.vi.modes[content.mode].toLowerCase() },
			{ label: 'Kết quả:', value: 'Đạt' }
		],
		placeAndDate: `${design.place}, ${formatDayLong(content.issuedOn)}`,
		signerTitle: design.signerTitle.toUpperCase(),
		signerName: design.signerName,
		sealPlace: design.hasSealPlace ? 'Dấu' : '',
		number: `Số: ${certificateNumber(content)}`,
		code: `Mã tra cứu: ${groupedCode(content.code)}`,
		checkHint: 'Quét mã để kiểm tra giấy chứng nhận'
	};
}

/** `05/GCN`: numbers below ten have two digits (NĐ 30/2020/NĐ-CP). */
export function certificateNumber({ number, design }: Pick<CertificateContent, 'number' | 'design'>): string {
	return `${String(number).padStart(2, '0')}/${design.numberSuffix}`;
}

/** `7K3M-9TQP-2WXA`, as people read it out and type it. */
export function groupedCode(code: string): string {
	return code.replace(/.{4}(?=.)/g, '$&-');
}

/** What was typed or scanned, as it is stored: letters that look like digits are taken for them. */
export function plainCode(text: string): string {
	return text
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}

/** Where anybody can check a certificate. */
export const checkPath = (code: string) => `/check/${code}`;

/** Somebody who does not exist, for previews. */
export function sampleContent(day: string): Omit<CertificateContent, 'design'> {
	return {
		fullName: 'Nguyễn Thị Minh Họa',
		unitName: 'Ủy ban nhân dân phường Minh Tâm',
		className: 'Kỹ năng số trong công tác phổ biến, giáo dục pháp luật',
		startsOn: day,
		endsOn: day,
		teachingPeriods: 8,
		mode: 'online_self_paced',
		number: 1,
		issuedOn: day,
		code: '0123456789AB'
	};
}

import { Document, Packer } from 'docx';
import { columnWidths, dataTable } from '../platform/office/form-table.ts';
import { body, documentStyles, heading, letterhead, pageSetup, title } from '../platform/office/official-form.ts';

const CLASSES = [
	['TT', 'tt'],
	['Tên lớp, hội nghị', 'ten'],
	['Đơn vị chủ trì', 'chu_tri'],
	['Hình thức', 'hinh_thuc'],
	['Thời gian', 'thoi_gian'],
	['Tham dự', 'tham_du'],
	['Hoàn thành', 'hoan_thanh']
] as const;

/** A template to begin with: a short report whose places show how single values and repeated rows are named. */
export function sampleTemplate(): Promise<Buffer> {
	const row = CLASSES.map(([, name], i) => {
		const value = `{${name}}`;
		if (i === 0) return `{#hoat_dong}${value}`;
		return i === CLASSES.length - 1 ? `${value}{/hoat_dong}` : value;
	});
	const children = [
		...letterhead({ superior: '{co_quan_chu_quan}', agency: '{co_quan}', place: '{dia_danh}' }),
		...title('BÁO CÁO', 'Kết quả tập huấn kiến thức, kỹ năng chuyển đổi số trong công tác PBGDPL, {ky_bao_cao}'),
		heading('1. Đội ngũ'),
		body('{cau_doi_ngu}'),
		heading('2. Thực hiện chỉ tiêu'),
		body('{cau_tap_huan}'),
		body('{cau_truc_tuyen}'),
		heading('3. Hoạt động tập huấn'),
		body('Trong kỳ có {so_hoat_dong} hoạt động, trong đó {so_hoat_dong_truc_tuyen} trực tuyến ({ty_le_truc_tuyen}).'),
		dataTable(
			CLASSES.map(([label]) => label),
			[row],
			columnWidths([6, 30, 20, 12, 14, 9, 9])
		),
		heading('4. Tồn tại, hạn chế'),
		body('{ton_tai}')
	];
	return Packer.toBuffer(new Document({ styles: documentStyles, sections: [{ ...pageSetup(), children }] }));
}

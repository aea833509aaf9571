import { defineMessages } from './index.ts';

/** What is wrong with lines of a table of activities, and its columns. */
export const activityImportMessages = defineMessages({
	vi: {
		fields: {
			title: 'Tên lớp',
			mode: 'Hình thức',
			startsOn: 'Từ ngày',
			teachingPeriods: 'Số tiết',
			endsOn: 'Đến ngày',
			kind: 'Loại hoạt động',
			organiser: 'Đơn vị chủ trì',
			documentNo: 'Số văn bản',
			documentDate: 'Ngày văn bản',
			topics: 'Chuyên đề',
			place: 'Địa điểm',
			lecturers: 'Giảng viên',
			stateBudget: 'Kinh phí NSNN (đồng)',
			otherFunds: 'Nguồn khác (đồng)'
		},
		problems: {
			no_headings: (field: string) => `không tìm thấy cột «${field}»; đề nghị dùng tệp mẫu`,
			missing: (field: string) => `thiếu ${field}`,
			too_long: (field: string, text: string) => `${field} quá dài («${text}…»)`,
			unknown_mode: (field: string, text: string) => `không rõ hình thức «${text}» (trực tiếp, trực tuyến, kết hợp)`,
			self_paced: () => 'lớp tự học trực tuyến do hệ thống ghi nhận, không nhập tay',
			bad_day: (field: string, text: string) => `${field} «${text}» không phải ngày, ghi dạng 05/3/2026`,
			future: (field: string, text: string) => `${field} «${text}» chưa tới; chỉ nhập lớp đã kết thúc`,
			day_order: (_: string, text: string) => `Đến ngày «${text}» trước Từ ngày`,
			bad_number: (field: string, text: string) => `${field} «${text}» không phải số hợp lệ`,
			unknown_kind: (_: string, text: string) => `không rõ loại hoạt động «${text}»`,
			unknown_topic: (_: string, text: string) => `không có chuyên đề «${text}» trong danh mục`,
			unknown_unit: (_: string, text: string) => `không tìm thấy đơn vị «${text}» trong phạm vi quản lý`,
			ambiguous_unit: (_: string, text: string) => `nhiều đơn vị tên «${text}», đề nghị ghi mã đơn vị`,
			no_unit: () => 'thiếu đơn vị chủ trì'
		}
	},
	en: {
		fields: {
			title: 'Class',
			mode: 'Mode',
			startsOn: 'From',
			teachingPeriods: 'Periods',
			endsOn: 'Until',
			kind: 'Kind',
			organiser: 'Organiser',
			documentNo: 'Document no.',
			documentDate: 'Date of the document',
			topics: 'Topics',
			place: 'Place',
			lecturers: 'Lecturers',
			stateBudget: 'State budget (đồng)',
			otherFunds: 'Other funds (đồng)'
		},
		problems: {
			no_headings: (field: string) => `there is no column “${field}”; please use the template`,
			missing: (field: string) => `${field} is missing`,
			too_long: (field: string, text: string) => `${field} is too long (“${text}…”)`,
			unknown_mode: (_: string, text: string) => `the mode “${text}” is not known (in person, online, hybrid)`,
			self_paced: () => 'self-paced online classes are recorded by this system, not by hand',
			bad_day: (field: string, text: string) => `${field} “${text}” is no day; write 05/3/2026`,
			future: (field: string, text: string) =>
				`${field} “${text}” is to come; only classes that have ended are imported`,
			day_order: (_: string, text: string) => `the last day “${text}” is before the first`,
			bad_number: (field: string, text: string) => `${field} “${text}” is no valid number`,
			unknown_kind: (_: string, text: string) => `the kind “${text}” is not known`,
			unknown_topic: (_: string, text: string) => `there is no topic “${text}”`,
			unknown_unit: (_: string, text: string) => `there is no unit “${text}” among yours`,
			ambiguous_unit: (_: string, text: string) => `several units are called “${text}”; please write the code`,
			no_unit: () => 'the organiser is missing'
		}
	}
});

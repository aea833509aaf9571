import { defineMessages } from './index.ts';

/** Words of the public list of legal rapporteurs. */
export const rapporteurMessages = defineMessages({
	vi: {
		title: 'Danh sách báo cáo viên pháp luật',
		lead: 'Họ và tên, cơ quan công tác và lĩnh vực pháp luật của báo cáo viên pháp luật đang được công nhận.',
		name: 'Họ và tên',
		nameHint: 'Gõ có dấu hoặc không dấu',
		unit: 'Cơ quan, đơn vị công tác',
		field: 'Lĩnh vực pháp luật',
		all: 'Tất cả',
		find: 'Tìm',
		total: (n: string) => `${n} báo cáo viên`,
		none: 'Không có báo cáo viên phù hợp.',
		setting: 'Công khai danh sách báo cáo viên',
		settingLead:
			'Trang công khai chỉ gồm họ và tên, cơ quan công tác, lĩnh vực pháp luật; có đường dẫn ở chân mọi trang. Quyết định công khai thuộc thẩm quyền của tỉnh.',
		isOn: 'Đang công khai',
		isOff: 'Chưa công khai',
		switchOn: 'Công khai danh sách',
		switchOff: 'Ngừng công khai',
		open: 'Xem trang công khai'
	},
	en: {
		title: 'Legal rapporteurs',
		lead: 'Names, units and legal fields of the legal rapporteurs recognised at present.',
		name: 'Name',
		nameHint: 'With or without marks',
		unit: 'Unit',
		field: 'Legal field',
		all: 'All',
		find: 'Find',
		total: (n: string) => `${n} rapporteurs`,
		none: 'No rapporteur fits.',
		setting: 'Public list of rapporteurs',
		settingLead:
			'The public page holds names, units and legal fields only, and is linked from the foot of every page. Publishing is the province’s decision.',
		isOn: 'Public',
		isOff: 'Not public',
		switchOn: 'Publish the list',
		switchOff: 'Withdraw the list',
		open: 'See the public page'
	}
});

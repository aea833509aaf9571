import type { UnitType } from '../tables.ts';

/** A unit of the fictitious province. */
export type DemoUnit = Readonly<{
	code: string;
	name: string;
	shortName: string;
	type: UnitType;
	givesAggregates?: boolean;
}>;

const at = (type: UnitType, code: string, name: string, shortName = name): DemoUnit => ({
	code: `MH-${code}`,
	name,
	shortName,
	type
});

const DEPARTMENTS: readonly DemoUnit[] = [
	at('provincial_department', 'STP', 'Sở Tư pháp'),
	at('provincial_department', 'VP', 'Văn phòng UBND tỉnh'),
	at('provincial_department', 'SNV', 'Sở Nội vụ'),
	at('provincial_department', 'STC', 'Sở Tài chính'),
	at('provincial_department', 'SCT', 'Sở Công Thương'),
	at('provincial_department', 'SNNMT', 'Sở Nông nghiệp và Môi trường'),
	at('provincial_department', 'SXD', 'Sở Xây dựng'),
	at('provincial_department', 'SKHCN', 'Sở Khoa học và Công nghệ'),
	at('provincial_department', 'SVHTTDL', 'Sở Văn hóa, Thể thao và Du lịch'),
	at('provincial_department', 'SGDDT', 'Sở Giáo dục và Đào tạo'),
	at('provincial_department', 'SYT', 'Sở Y tế'),
	at('provincial_department', 'SDTTG', 'Sở Dân tộc và Tôn giáo'),
	at('provincial_department', 'TTR', 'Thanh tra tỉnh'),
	at('provincial_department', 'BQLKCN', 'Ban Quản lý các khu công nghiệp'),
	at('vertical_agency', 'THUE', 'Thuế tỉnh Minh Họa', 'Thuế tỉnh'),
	at('vertical_agency', 'THADS', 'Thi hành án dân sự tỉnh Minh Họa', 'THADS tỉnh'),
	at('front_organisation', 'MTTQ', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'MTTQ tỉnh'),
	at('front_organisation', 'PN', 'Hội Liên hiệp Phụ nữ tỉnh', 'Hội LHPN tỉnh'),
	at('front_organisation', 'DTN', 'Tỉnh đoàn Minh Họa', 'Tỉnh đoàn'),
	at('school', 'TCT', 'Trường Chính trị tỉnh')
];

const ARMED: readonly DemoUnit[] = [
	{ ...at('armed_forces', 'CA', 'Công an tỉnh'), givesAggregates: true },
	{ ...at('armed_forces', 'QS', 'Bộ Chỉ huy Quân sự tỉnh', 'Bộ CHQS tỉnh'), givesAggregates: true }
];

const WARDS = [
	'Minh Tâm',
	'Hoa Sơn',
	'An Thái',
	'Bạch Vân',
	'Thanh Lâm',
	'Phú Cường',
	'Tân Hòa',
	'Long Khê',
	'Kim Sơn',
	'Đông Hồ'
];
const RURAL = [
	...[
		'Suối Ngọc',
		'Đồi Thông',
		'Bản Mây',
		'Nà Hoa',
		'Khe Sáng',
		'Thượng Nguồn',
		'Hạ Trạch',
		'Vĩnh An',
		'Yên Bình',
		'Quảng Tín'
	],
	...[
		'Hồng Thái',
		'Đại Phúc',
		'Trung Nghĩa',
		'Hưng Lộc',
		'Mai Lâm',
		'Cẩm Khê',
		'Thác Bạc',
		'Rừng Xanh',
		'Cù Lao Dừa',
		'Gò Lau'
	]
];

const commune = (kind: 'phường' | 'xã', letter: string) => (name: string, i: number) =>
	at(
		'commune',
		`${letter}${String(i + 1).padStart(2, '0')}`,
		`UBND ${kind} ${name}`,
		`${kind === 'xã' ? 'Xã' : 'Phường'} ${name}`
	);

/** 20 bodies of the province, 2 that give numbers without names, 30 communes. None of them exists. */
export const DEMO_UNITS: readonly DemoUnit[] = [
	...DEPARTMENTS,
	...ARMED,
	...WARDS.map(commune('phường', 'P')),
	...RURAL.map(commune('xã', 'X'))
];

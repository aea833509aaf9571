const FAMILY = [
	...[
		'Nguyễn',
		'Trần',
		'Lê',
		'Phạm',
		'Hoàng',
		'Huỳnh',
		'Phan',
		'Vũ',
		'Võ',
		'Đặng',
		'Bùi',
		'Đỗ',
		'Hồ',
		'Ngô',
		'Dương',
		'Lý'
	],
	...['Đinh', 'Trịnh', 'Mai', 'Tô', 'Lâm', 'Chu', 'Tạ', 'Lương', 'Thái', 'Quách', 'Nông', 'Ma', 'Hà']
];
const MIDDLE = {
	male: ['Văn', 'Đức', 'Minh', 'Quang', 'Hữu', 'Công', 'Xuân', 'Ngọc', 'Thanh', 'Đình', 'Bá', 'Quốc', 'Trọng', ''],
	female: ['Thị', 'Thị Thu', 'Ngọc', 'Thị Thanh', 'Thu', 'Thị Kim', 'Mỹ', 'Bích', 'Thị Hồng', 'Diệu', 'Thị Minh']
};
const GIVEN = {
	male: [
		...[
			'An',
			'Bình',
			'Cường',
			'Dũng',
			'Đạt',
			'Giang',
			'Hải',
			'Hùng',
			'Khánh',
			'Khoa',
			'Lâm',
			'Long',
			'Mạnh',
			'Nam',
			'Nghĩa'
		],
		...[
			'Phong',
			'Phúc',
			'Quân',
			'Sơn',
			'Tài',
			'Thắng',
			'Thịnh',
			'Tiến',
			'Toàn',
			'Trung',
			'Tú',
			'Tuấn',
			'Việt',
			'Vinh',
			'Vượng'
		]
	],
	female: [
		...[
			'Anh',
			'Ánh',
			'Chi',
			'Dung',
			'Duyên',
			'Hà',
			'Hạnh',
			'Hằng',
			'Hiền',
			'Hoa',
			'Huế',
			'Hương',
			'Lan',
			'Liên',
			'Linh'
		],
		...[
			'Loan',
			'Mai',
			'Nga',
			'Ngân',
			'Nhung',
			'Oanh',
			'Phương',
			'Quyên',
			'Tâm',
			'Thảo',
			'Thủy',
			'Trang',
			'Tuyết',
			'Uyên',
			'Yến'
		]
	]
};
/** Names that do not follow họ – đệm – tên; their last word is still what they are sorted by here. */
const OTHERS: readonly (readonly [name: string, gender: 'male' | 'female'])[] = [
	['Giàng A Páo', 'male'],
	['Lò Thị Mây', 'female'],
	['Vàng Thị Sùa', 'female'],
	['Y Nương Niê', 'female'],
	['K’ Brơi', 'male'],
	['Thạch Sa Rươn', 'male'],
	['Rơ Châm H’Lan', 'female'],
	['Kim Thị Sa Vây', 'female'],
	['Hoàng Văn Páo', 'male'],
	['A Viết', 'male'],
	['Bàn Thị Ghến', 'female'],
	['Điểu K’Rứ', 'male'],
	['Quàng Văn Ún', 'male'],
	['Chamaléa Thị Thủy', 'female']
];

export type DemoName = Readonly<{ fullName: string; gender: 'male' | 'female' }>;

/** A name nobody in particular has; now and then one of a people that names otherwise. */
export function demoName(random: () => number, index: number): DemoName {
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	if (index % 27 === 13) {
		const [fullName, gender] = OTHERS[Math.floor(index / 27) % OTHERS.length] ?? ['Giàng A Páo', 'male'];
		return { fullName, gender };
	}
	const gender = random() < 0.5 ? 'male' : 'female';
	const fullName = [pick(FAMILY), pick(MIDDLE[gender]), pick(GIVEN[gender])].filter(Boolean).join(' ');
	return { fullName, gender };
}

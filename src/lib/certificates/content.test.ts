import { expect, test } from 'vitest';
import { certificateNumber, certificateWords, groupedCode, plainCode, type CertificateContent } from './content.ts';

const content: CertificateContent = {
	design: {
		title: 'Giấy chứng nhận',
		governingBody: 'Ủy ban nhân dân tỉnh Minh Họa',
		issuingBody: 'Sở Tư pháp',
		place: 'Minh Họa',
		signerTitle: 'Giám đốc',
		signerName: 'Nguyễn Văn Bình',
		numberSuffix: 'GCN-STP',
		completionText: 'Đã hoàn thành lớp tập huấn',
		hasNationalHeading: true,
		hasSealPlace: false
	},
	fullName: 'Đặng Thị Quỳnh',
	unitName: 'UBND phường Minh Tâm',
	className: 'Nhập môn chuyển đổi số',
	startsOn: '2026-02-05',
	endsOn: '2026-02-28',
	teachingPeriods: 7.5,
	mode: 'online_self_paced',
	number: 5,
	issuedOn: '2026-03-01',
	code: '7K3M9TQP2WXA'
};

test('a certificate says what the official text says', () => {
	const words = certificateWords(content);
	expect(words).toMatchObject({
		governingBody: 'ỦY BAN NHÂN DÂN TỈNH MINH HỌA',
		title: 'GIẤY CHỨNG NHẬN',
		holder: 'Đặng Thị Quỳnh',
		placeAndDate: 'Minh Họa, ngày 01 tháng 3 năm 2026',
		number: 'Số: 05/GCN-STP',
		code: 'Mã tra cứu: 7K3M-9TQP-2WXA'
	});
	expect(words.lines.map(({ label, value }) => `${label} ${value}`)).toEqual([
		'Đơn vị công tác: UBND phường Minh Tâm',
		'Đã hoàn thành lớp tập huấn: Nhập môn chuyển đổi số',
		'Thời gian: từ ngày 05/02/2026 đến ngày 28/02/2026, tổng số 7,5 tiết',
		expect.stringMatching(/^Hình thức: \S+/),
		'Kết quả: Đạt'
	]);
	expect(JSON.stringify(words).toLowerCase()).not.toContain('chứng chỉ');
});

test('a class of one day has one day', () => {
	const [, , time] = certificateWords({ ...content, endsOn: content.startsOn }).lines;
	expect(time?.value).toBe('ngày 05/02/2026, tổng số 7,5 tiết');
});

test.for([
	{ typed: '7k3m-9tqp-2wxa', plain: '7K3M9TQP2WXA' },
	{ typed: ' 7K3M 9TQP 2WXA ', plain: '7K3M9TQP2WXA' },
	{ typed: 'OI1L', plain: '0111' }
])('the code “$typed” is $plain', ({ typed, plain }) => {
	expect(plainCode(typed)).toBe(plain);
});

test('numbers grow beyond two digits and codes are read in fours', () => {
	expect(certificateNumber({ ...content, number: 1234 })).toBe('1234/GCN-STP');
	expect(groupedCode('7K3M9TQP2WXA')).toBe('7K3M-9TQP-2WXA');
});

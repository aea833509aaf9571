import { expect, test } from 'vitest';
import { errorText } from './errors.ts';

test('a code becomes its sentence with the values filled in', () => {
	expect(errorText('vi', 'identity.too_many_attempts', { n: 30 })).toBe(
		'Đăng nhập sai nhiều lần, đề nghị thử lại sau 30 giây.'
	);
	expect(errorText('en', 'form.file_too_large', { limit: '2 GB' })).toBe('The file is larger than the limit (2 GB).');
});

test('an unknown code never reaches the page', () => {
	expect(errorText('vi', 'form.something_new')).toBe('Giá trị không hợp lệ.');
	expect(errorText('vi', 'training.something_new')).toBe('Hệ thống đang bận, đề nghị thử lại sau ít phút.');
});

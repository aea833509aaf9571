import { expect, test } from 'vitest';
import { suggestUsername, toLoginName } from './login-name.ts';

test('a login name ignores case, spaces round it and the way a number is written', () => {
	expect(toLoginName('  AnNV ')).toBe('annv');
	expect(toLoginName('+84 912 345 678')).toBe('0912345678');
	expect(toLoginName('An@Example.vn')).toBe('an@example.vn');
});

test.for([
	{ name: 'Nguyễn Văn An', username: 'annv' },
	{ name: 'Đỗ Thị Ánh Tuyết', username: 'tuyetdta' },
	{ name: 'Ý', username: 'y00' },
	{ name: "H'Hen Niê", username: 'nieh' }
])('$name is suggested $username', ({ name, username }) => {
	expect(suggestUsername(name)).toBe(username);
});

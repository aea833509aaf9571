import { expect, test } from 'vitest';
import { auditActionText } from './audit-words.ts';

test('an event is told in words, one of an earlier version by its name', () => {
	expect(auditActionText('account.password_reset', 'vi')).toBe('Tài khoản: đặt lại mật khẩu');
	expect(auditActionText('class.ended', 'en')).toBe('Class: ended');
	expect(auditActionText('class.toString', 'vi')).toBe('class.toString');
	expect(auditActionText('long_ago', 'vi')).toBe('long_ago');
});

import { expect, test } from 'vitest';
import { securityHeaders, withOrigins } from './security-headers.ts';

test('the object store may be loaded from, but brings no scripts', () => {
	const policy = "default-src 'self'; script-src 'self' 'nonce-x'; media-src 'self' blob:; connect-src 'self'";
	expect(withOrigins(policy, { storage: 'https://s3.example' })).toBe(
		"default-src 'self'; script-src 'self' 'nonce-x'; media-src 'self' blob: https://s3.example; connect-src 'self' https://s3.example"
	);
	expect(withOrigins(policy, {})).toBe(policy);
	expect(withOrigins(policy, { content: 'https://*.noidung.example' })).toBe(
		`${policy}; frame-src 'self' https://*.noidung.example`
	);
});

test('a browser is told to insist on https only where https is', () => {
	expect(securityHeaders(true)).toHaveProperty('Strict-Transport-Security');
	expect(securityHeaders(false)).not.toHaveProperty('Strict-Transport-Security');
});

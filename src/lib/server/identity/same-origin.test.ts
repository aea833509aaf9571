import { expect, test } from 'vitest';
import { isOwnRequest } from './same-origin.ts';

const host = 'taphuan.example.gov.vn';

test.for([
	{ what: 'a link from anywhere', method: 'GET', headers: { 'sec-fetch-site': 'cross-site' }, isOwn: true },
	{ what: 'our own form', method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, isOwn: true },
	{ what: 'a form of another site', method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, isOwn: false },
	{ what: 'a form of a sub-domain', method: 'POST', headers: { 'sec-fetch-site': 'same-site' }, isOwn: false },
	{ what: 'a DELETE of another site', method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' }, isOwn: false },
	{ what: 'an old browser’s own form', method: 'POST', headers: { origin: `https://${host}` }, isOwn: true },
	{ what: 'an old browser’s foreign form', method: 'POST', headers: { origin: 'https://evil.example' }, isOwn: false },
	{ what: 'a look-alike host', method: 'POST', headers: { origin: `https://${host}.evil.example` }, isOwn: false },
	{ what: 'a sandboxed frame', method: 'POST', headers: { origin: 'null' }, isOwn: false },
	{ what: 'a program that says nothing', method: 'POST', headers: {}, isOwn: false },
	{
		what: 'a foreign form that also names our origin',
		method: 'POST',
		headers: { 'sec-fetch-site': 'cross-site', origin: `https://${host}` },
		isOwn: false
	}
])('$what: $isOwn', ({ method, headers, isOwn }) => {
	const header = (name: string) => (headers as Record<string, string>)[name];
	expect(isOwnRequest({ method, host, header })).toBe(isOwn);
});

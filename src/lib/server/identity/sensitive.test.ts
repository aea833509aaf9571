import { expect, test } from 'vitest';
import { listRoutes } from '../../../../tests/support/routes.ts';
import { needsConfirmation, SENSITIVE } from './sensitive.ts';

const now = new Date('2026-11-20T08:00:00+07:00');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const post = (routeId: string, query: string) => ({
	routeId,
	method: 'POST',
	searchParams: new URLSearchParams(query)
});

test('what matters asks again after a while, and nothing else does', () => {
	const grant = post('/(manage)/accounts/[account=uuid]', '/grant');
	expect(needsConfirmation(grant, ago(19), now)).toBe(false);
	expect(needsConfirmation(grant, ago(20), now)).toBe(true);
	expect(needsConfirmation(post('/(manage)/accounts/[account=uuid]', 'x=1&/grant'), ago(20), now)).toBe(true);
	expect(needsConfirmation(post('/(manage)/accounts/[account=uuid]', '/disable'), ago(20), now)).toBe(false);
	expect(needsConfirmation({ ...grant, method: 'GET' }, ago(20), now)).toBe(false);
});

test('every guarded route and action exists', () => {
	const routes = new Map(listRoutes().map(({ id, posts }) => [id, posts]));
	for (const [routeId, guarded] of Object.entries(SENSITIVE)) {
		const id = routeId.replace(/\/\([a-z]+\)/, '').replace(/=\w+\]/g, ']');
		const known = [...(routes.get(id) ?? [])].map((name) => name.replace('?/', '') || 'default');
		for (const name of guarded) expect(name === 'read' || known.includes(name), `${routeId} ${name}`).toBe(true);
		expect(routes.has(id), routeId).toBe(true);
	}
});

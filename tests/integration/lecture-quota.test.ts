import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { getQuota, setQuota } from '#lib/server/lectures/quota.ts';
import { lectureRevisions } from '#lib/server/lectures/tables.ts';
import { lectureUploads } from '#lib/server/lectures/uploads.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { units, unitVersions } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { createUploadServer } from '#lib/server/platform/uploads/server.ts';
import { visitorsOf } from '#lib/server/identity/request-actor.ts';
import { aLectureWorld, send } from '../support/lecture-world.ts';
import { as, test } from '../support/test.ts';

const MB = 1024 ** 2;

/** The province above the lecture's unit, with its administrator. */
async function aProvince(ctx: Context, below: string) {
	const [province] = await ctx.db.insert(units).values({ code: 'MH', path: '9' }).returning();
	for (const [unitId, name, type] of [
		[province!.id, 'Tỉnh Minh Họa', 'province'],
		[below, 'Sở Tư pháp', 'provincial_department']
	] as const)
		await ctx.db.insert(unitVersions).values({ unitId, name, type, validFrom: '2025-07-01' });
	await ctx.db.update(units).set({ path: '9.1' }).where(eq(units.id, below));
	const admin: Actor = {
		kind: 'account',
		accountId: '00000000-0000-4000-8000-000000000001',
		displayName: 'Quản trị tỉnh',
		grants: [{ role: 'province_admin', unitId: province!.id, unitPath: '9' }]
	};
	return { provinceId: province!.id, admin: as(ctx, admin) };
}

test('uploads that would pass the limit of the unit or of one above it are refused, those under way counted', async ({
	ctx,
	services
}) => {
	const world = await aLectureWorld(ctx);
	const { provinceId, admin } = await aProvince(ctx, world.unitId);
	const uploads = await createUploadServer(services, [lectureUploads(services.config)], visitorsOf(services));
	const server = createServer((req, res) => void uploads.handle(req, res));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	try {
		await setQuota(admin, provinceId, 3 * MB);
		const refused = await send(Buffer.alloc(4 * MB), url, world).done.catch((error: Error) => error);
		expect(String(refused)).toContain('"code":"upload.quota"');
		expect(String(refused)).toContain('Tỉnh Minh Họa');
		expect(await getQuota(admin, world.unitId)).toEqual({ usedBytes: 0, maxBytes: null, maySet: true });

		const announced = await fetch(`${url}/uploads`, {
			method: 'POST',
			headers: {
				...{ cookie: world.cookie, 'sec-fetch-site': 'same-origin', 'tus-resumable': '1.0.0' },
				...{ 'upload-length': String(2 * MB), 'upload-metadata': `upload ${btoa(world.uploadId)}` }
			}
		});
		expect(announced.status).toBe(201);
		expect(await getQuota(admin, provinceId)).toMatchObject({ usedBytes: 2 * MB }); // before its first byte
		await send(Buffer.alloc(2 * MB, 1), url, world).done;
		expect(await getQuota(admin, provinceId)).toEqual({ usedBytes: 2 * MB, maxBytes: 3 * MB, maySet: true });

		const other = await aLectureWorld(ctx);
		await ctx.db.update(units).set({ path: '9.2' }).where(eq(units.id, other.unitId));
		await expect(send(Buffer.alloc(2 * MB, 2), url, other).done).rejects.toThrow('upload.quota');
		await setQuota(admin, provinceId, null);
		await send(Buffer.alloc(2 * MB, 2), url, other).done;
		expect(await getQuota(admin, provinceId)).toMatchObject({ usedBytes: 4 * MB, maxBytes: null });
		await ctx.db.update(lectureRevisions).set({ state: 'cancelled', sourceKey: null });
		expect(await getQuota(admin, provinceId)).toMatchObject({ usedBytes: 0 });
	} finally {
		server.closeAllConnections();
		server.close();
		await uploads.close();
	}
});

test('only the administrator of the province sets limits; who may read units sees them', async ({ ctx }) => {
	const world = await aLectureWorld(ctx);
	const { provinceId, admin } = await aProvince(ctx, world.unitId);
	await setQuota(admin, world.unitId, MB);
	await expect(setQuota(as(ctx, world.trainer), world.unitId, null)).rejects.toThrow(/forbidden/i);
	const unitAdmin = as(ctx, {
		...(admin.actor as Extract<Actor, { kind: 'account' }>),
		grants: [{ role: 'unit_admin', unitId: world.unitId, unitPath: '9.1' }]
	});
	expect(await getQuota(unitAdmin, world.unitId)).toEqual({ usedBytes: 0, maxBytes: MB, maySet: false });
	await expect(getQuota(unitAdmin, provinceId)).rejects.toThrow(/no_such_unit|not_found/i);
});

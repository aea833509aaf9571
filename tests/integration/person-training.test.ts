import { expect } from 'vitest';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { listPeople } from '#lib/server/organisation/people-pages.ts';
import { listTrainingOf } from '#lib/server/training/person-training.ts';
import { indicatorWorld, filterOf } from '../support/indicator-world.ts';
import { as, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

test('the roster calls those people trained whom the targets count as trained', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [counted = '', early = '', informal = '', none = ''] = await world.people(province, 4);
	await world.trained(await world.activity(province), [counted], province);
	await world.trained(await world.activity(province, { endedOn: '2024-05-20' }), [early], province, '2024-05-20');
	await world.trained(await world.activity(province, { kind: 'conference' }), [informal], province);
	const ids = async (training: 'trained' | 'untrained') =>
		(await listPeople(ctx, { training })).rows.map(({ personId }) => personId).toSorted();
	expect(await ids('trained')).toEqual([counted]);
	expect(await ids('untrained')).toEqual([early, informal, none].toSorted());
	expect((await getTargetsPage(ctx, filterOf())).trained.share).toEqual({ part: 1, whole: 4 });
});

test('a person’s page tells all their classes, with links to those the reader may open', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [unit, other] = [await world.unit('A', province), await world.unit('B', province)];
	const [person = ''] = await world.people(unit, 1);
	await world.trained(await world.activity(unit, { title: 'Lớp của đơn vị' }), [person], unit);
	await world.trained(await world.activity(other, { title: 'Lớp của nơi khác' }), [person], unit, null);
	const reader = as(ctx, anActor('unit_admin', unit));
	const rows = (await listTrainingOf(reader, person)).map(({ title, isReadable, completedOn }) => [
		...[title, isReadable, completedOn]
	]);
	expect(rows.toSorted()).toEqual([
		['Lớp của nơi khác', false, null],
		['Lớp của đơn vị', true, '2026-05-20']
	]);
	await expect(listTrainingOf(as(ctx, anActor('unit_admin', other)), person)).rejects.toMatchObject({
		kind: 'not_found'
	});
});

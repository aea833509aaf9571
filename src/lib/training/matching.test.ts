import { expect, test } from 'vitest';
import { matchPerson, nameAgrees, type Candidate, type ListedPerson, type Match } from './matching.ts';

const base: Candidate = {
	personId: 'lan',
	fullName: 'Nguyễn Thị Lan',
	birthDate: '1985-03-05',
	birthYear: 1985,
	phone: '0912345678',
	unitId: 'yen-lam',
	hasSameNumber: false,
	hasOtherNumber: false
};
const like = (more: Partial<Candidate>): Candidate => ({ ...base, ...more });
const namesake = like({ personId: 'other', birthDate: null, birthYear: 1990, phone: null, unitId: 'dong-ha' });

test.for<{ name: string; listed: Partial<ListedPerson>; candidates?: Candidate[]; expected: Match }>([
	{
		name: 'the personal number decides, even in another unit',
		listed: { personalNumber: '024185001234', unitId: 'dong-ha' },
		candidates: [like({ hasSameNumber: true }), namesake],
		expected: { kind: 'matched', personId: 'lan', by: 'personal_number' }
	},
	{
		name: 'a personal number under another name is asked about',
		listed: { fullName: 'Trần Văn Nam', personalNumber: '024185001234' },
		candidates: [like({ hasSameNumber: true })],
		expected: { kind: 'uncertain', personIds: ['lan'] }
	},
	{
		name: 'a telephone with the same name decides',
		listed: { fullName: 'NGUYEN THI LAN', phone: '0912345678' },
		expected: { kind: 'matched', personId: 'lan', by: 'phone' }
	},
	{
		name: 'a telephone shared in an office under another name is asked about',
		listed: { fullName: 'Trần Văn Nam', phone: '0912345678' },
		expected: { kind: 'uncertain', personIds: ['lan'] }
	},
	{
		name: 'name, birth date and unit decide',
		listed: { birthDate: '1985-03-05', birthYear: 1985, unitId: 'yen-lam' },
		expected: { kind: 'matched', personId: 'lan', by: 'name_and_birth' }
	},
	{
		name: 'a birth year is enough where the list has no date',
		listed: { birthYear: 1990, unitId: 'dong-ha' },
		expected: { kind: 'matched', personId: 'other', by: 'name_and_birth' }
	},
	{
		name: 'another birth date in the same unit is asked about',
		listed: { birthDate: '1985-03-06', birthYear: 1985, unitId: 'yen-lam' },
		candidates: [base],
		expected: { kind: 'uncertain', personIds: ['lan'] }
	},
	{
		name: 'another birth date in another unit is another person',
		listed: { birthDate: '1985-03-06', birthYear: 1985, unitId: 'dong-ha' },
		candidates: [base],
		expected: { kind: 'unknown' }
	},
	{
		name: 'a name that one person of the unit bears decides',
		listed: { unitId: 'yen-lam' },
		expected: { kind: 'matched', personId: 'lan', by: 'name_and_unit' }
	},
	{
		name: 'two of one name in the unit are asked about',
		listed: { unitId: 'yen-lam' },
		candidates: [base, like({ personId: 'lan-2', birthYear: 1970, birthDate: null })],
		expected: { kind: 'uncertain', personIds: ['lan', 'lan-2'] }
	},
	{
		name: 'a name without a unit is asked about',
		listed: {},
		expected: { kind: 'uncertain', personIds: ['lan', 'other'] }
	},
	{
		name: 'a name known only in another unit is asked about',
		listed: { unitId: 'tam-da' },
		candidates: [namesake],
		expected: { kind: 'uncertain', personIds: ['other'] }
	},
	{
		name: 'another telephone speaks against the namesake of the unit',
		listed: { unitId: 'yen-lam', phone: '0987654321' },
		expected: { kind: 'uncertain', personIds: ['lan', 'other'] }
	},
	{
		name: 'a telephone that the roster did not know yet does not',
		listed: { unitId: 'dong-ha', phone: '0987654321' },
		expected: { kind: 'matched', personId: 'other', by: 'name_and_unit' }
	},
	{
		name: 'another personal number is another person',
		listed: { unitId: 'yen-lam', personalNumber: '024185009999' },
		candidates: [like({ hasOtherNumber: true })],
		expected: { kind: 'unknown' }
	},
	{
		name: 'nobody of that name is unknown',
		listed: { fullName: 'Đỗ Văn Đức', unitId: 'yen-lam' },
		expected: { kind: 'unknown' }
	}
])('$name', ({ listed, candidates = [base, namesake], expected }) => {
	expect(matchPerson({ fullName: base.fullName, ...listed }, candidates)).toEqual(expected);
});

test.for([
	{ one: 'Hoà', other: 'Hòa', same: true },
	{ one: 'Nguyễn Thuý', other: 'NGUYỄN THÚY', same: true },
	{ one: 'Dao Thi Duoc', other: 'Đào Thị Được', same: true },
	{ one: 'Nguyễn Văn Ân', other: 'Nguyễn Văn An', same: false },
	{ one: 'Trần Văn Bàn', other: 'Trần Văn Bân', same: false },
	{ one: 'Đỗ  Mười', other: 'Đỗ Mười'.normalize('NFD'), same: true },
	{ one: 'Lê Na', other: 'Lê Nam', same: false }
])('$one and $other: $same', ({ one, other, same }) => {
	expect(nameAgrees(one, other)).toBe(same);
	expect(nameAgrees(other, one)).toBe(same);
});

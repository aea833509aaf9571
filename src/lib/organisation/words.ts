/** Levels at which a rapporteur or propagandist is recognised (Luật PBGDPL 2012 Đ.35, 37). */
export const LEVELS = ['central', 'province', 'commune'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * Why a person leaves a category. The first six are the grounds for dismissal in Thông tư 10/2016/TT-BTP Điều 6 and for
 * releasing propagandists; the rest happen to rosters.
 */
export const END_REASONS = [
	'own_wish',
	'left_agency',
	'refused_three_times',
	'breach_of_duty',
	'lost_capacity',
	'convicted',
	'retired',
	'deceased',
	'level_abolished',
	'entered_in_error',
	'other'
] as const;

export const GENDERS = ['male', 'female', 'other'] as const;
export const QUALIFICATIONS = ['law_degree', 'other_degree', 'other'] as const;

/** Types a unit may have below the province; the words are in lib/i18n/organisation.ts. */
export const SUBUNIT_TYPES = [
	'provincial_department',
	'vertical_agency',
	'armed_forces',
	'judiciary',
	'front_organisation',
	'association',
	'school',
	'media',
	'district',
	'commune',
	'commune_office'
] as const;

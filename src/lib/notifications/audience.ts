/** Roles that an announcement can be addressed to: those who answer for a unit. */
export const AUDIENCE_ROLES = ['unit_admin', 'unit_head', 'province_admin', 'trainer', 'content_approver'] as const;
type AudienceRole = (typeof AUDIENCE_ROLES)[number];

/**
 * Whom an announcement is for: people of these units and all below them who are of one of the groups (category codes) or
 * hold one of the roles there. Without groups and roles everybody of the units.
 */
export type Audience = Readonly<{
	unitIds: readonly string[];
	categories: readonly string[];
	roles: readonly AudienceRole[];
}>;

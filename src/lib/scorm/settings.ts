import * as v from 'valibot';

/** When opening the lesson begins a new attempt instead of going on with the last one. */
export const NEW_ATTEMPTS = ['never', 'after_completion', 'always'] as const;
/** How the scores of a package's items become the score of an attempt. */
export const ITEM_GRADES = ['highest', 'average', 'sum', 'completed'] as const;
/** How the scores of several attempts become the score of the lesson. */
export const ATTEMPT_GRADES = ['highest', 'average', 'first', 'last'] as const;

/** What the author of a lesson decides about its package. Stored with the lesson; every key is optional there. */
export type ScormSettings = Readonly<{
	/** Identifier of the organization to use; null: the package's default. */
	organization: string | null;
	/** Null: as often as one likes. */
	attemptLimit: number | null;
	newAttempt: (typeof NEW_ATTEMPTS)[number];
	/** No more looking at the package once the last attempt is over. */
	lockAfterLast: boolean;
	itemGrade: (typeof ITEM_GRADES)[number];
	attemptGrade: (typeof ATTEMPT_GRADES)[number];
	/** SCORM 1.2 has one status for both: "failed" has gone through to its end, unless this says no. */
	failedCompletes: boolean;
	/** The lesson is done only when the package says "passed". */
	needsPass: boolean;
	/** For packages that report nothing. */
	openingCompletes: boolean;
	/** SCORM 1.2: place and data are kept after an ordinary exit too, as most packages expect. */
	keepAfterExit: boolean;
}>;

const DEFAULT_SETTINGS: ScormSettings = {
	organization: null,
	attemptLimit: null,
	newAttempt: 'never',
	lockAfterLast: false,
	itemGrade: 'highest',
	attemptGrade: 'highest',
	failedCompletes: true,
	needsPass: false,
	openingCompletes: false,
	keepAfterExit: true
};

/** Settings as they apply: what is stored over the defaults. */
export function settingsOf(stored: Partial<ScormSettings> | null | undefined): ScormSettings {
	return { ...DEFAULT_SETTINGS, ...stored };
}

const isTicked = v.optional(
	v.pipe(
		v.string(),
		v.transform((value) => value !== '')
	),
	''
);
const emptyAsNull = v.pipe(
	v.literal(''),
	v.transform(() => null)
);

/** "Cách tính kết quả" of a SCORM lesson. */
export const ScormSettingsInput = v.object({
	organization: v.optional(v.union([emptyAsNull, v.pipe(v.string(), v.maxLength(4000))]), ''),
	attemptLimit: v.optional(
		v.union([emptyAsNull, v.pipe(v.string(), v.regex(/^[1-9]\d?$/), v.transform(Number))], 'form.whole_number'),
		''
	),
	newAttempt: v.picklist(NEW_ATTEMPTS, 'form.choice'),
	lockAfterLast: isTicked,
	itemGrade: v.picklist(ITEM_GRADES, 'form.choice'),
	attemptGrade: v.picklist(ATTEMPT_GRADES, 'form.choice'),
	failedCompletes: isTicked,
	needsPass: isTicked,
	openingCompletes: isTicked,
	keepAfterExit: isTicked
});

/** Giving open classes the revision whose comparison was looked at. */
export const AdoptInput = v.object({ revision: v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)) });

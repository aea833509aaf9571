import type { Question } from './question.ts';

/** What a person should look at before a question is taken over; sentences in lib/i18n/question-import.ts. */
export type Doubt =
	| 'no_key'
	| 'keys_disagree'
	| 'several_keys'
	| 'labels_jump'
	| 'number_twice'
	| 'no_options'
	| 'picture_lost'
	| 'picture_place';

/** Why something in a file is not taken over. */
export type UnreadCode =
	| 'loose_text'
	| 'description'
	| 'unsupported_type'
	| 'no_answers'
	| 'broken'
	| 'no_question_text'
	| 'unknown_shape'
	| 'no_picture'
	| 'picture_drawn'
	| 'picture_missing'
	| 'picture_outside'
	| 'picture_too_much'
	| 'loose_picture';

/** A question found in a file, with the place and the words it was read from. `topic` is empty where the file names none. */
export type FoundQuestion = Readonly<{ line: number; source: string; question: Question; doubts: readonly Doubt[] }>;
/** Something that is no question we can take over. `what` is its type, its address or the parser's own words. */
export type Unread = Readonly<{ line: number; source: string; code: UnreadCode; what?: string }>;

import * as v from 'valibot';
import { GRANTABLE_ROLES } from './input.ts';

/** Who must sign in with a second step. `remind` asks for it and lets people go on. */
export const TwoStepPolicy = v.object({
	mode: v.picklist(['off', 'remind', 'require']),
	roles: v.array(v.picklist(GRANTABLE_ROLES)),
	/** Days from the first sign-in that falls under the rule until it is enforced. */
	graceDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60))
});
export type TwoStepPolicy = v.InferOutput<typeof TwoStepPolicy>;

/** How many months logs and messages are kept. The audit log at least a year: younger entries the database itself keeps. */
export const Retention = v.object({
	auditMonths: v.pipe(v.number(), v.integer(), v.minValue(12), v.maxValue(120)),
	/** Messages that were read; announcements stay with their receipts. */
	messageMonths: v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(120)),
	/** The log of mails and text messages. */
	deliveryMonths: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
	/** The course of answering, of quizzes that keep it. */
	answerStepMonths: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)), 6)
});
export type Retention = v.InferOutput<typeof Retention>;

/** Settings of the whole system, with what holds until somebody changes them. */
export const SETTINGS = {
	two_step: {
		schema: TwoStepPolicy,
		initial: { mode: 'require', roles: ['province_admin', 'technical_admin'], graceDays: 7 } as TwoStepPolicy
	},
	retention: {
		schema: Retention,
		initial: { auditMonths: 24, messageMonths: 24, deliveryMonths: 6, answerStepMonths: 6 } as Retention
	}
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type Setting<K extends SettingKey> = (typeof SETTINGS)[K]['initial'];

/** What is stored, or what holds initially where nothing (readable) is. */
export function readSetting<K extends SettingKey>(key: K, stored: unknown): Setting<K> {
	const parsed = v.safeParse(SETTINGS[key].schema as v.GenericSchema, stored);
	return (parsed.success ? parsed.output : SETTINGS[key].initial) as Setting<K>;
}

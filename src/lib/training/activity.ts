/** Kinds of activity. Only the first two count for the targets (Kế hoạch 184/KH-UBND, mục II.2). */
export const ACTIVITY_KINDS = ['training', 'refresher', 'conference', 'seminar', 'roundtable', 'other'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Hình thức tổ chức: tự học trực tuyến, trực tuyến trực tiếp, trực tiếp, kết hợp. */
export const DELIVERY_MODES = ['online_self_paced', 'online_live', 'in_person', 'hybrid'] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/** Dự kiến → Đang diễn ra → Đã kết thúc (counts) → Đã báo cáo → Đã chốt; Đã hủy. */
export const ACTIVITY_STATUSES = ['planned', 'ongoing', 'ended', 'reported', 'locked', 'cancelled'] as const;
export type ActivityStatus = (typeof ACTIVITY_STATUSES)[number];

/** What a file proves: quyết định, danh sách ký, ảnh, kết quả, khác. */
export const EVIDENCE_KINDS = ['decision', 'sign_in_sheet', 'photo', 'result', 'other'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** How a person's part in a class came out. */
export const OUTCOMES = ['completed', 'not_completed', 'absent', 'absent_excused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

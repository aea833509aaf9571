/**
 * Version of the personal-data notice (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP). Raise it when the purposes or the kinds of
 * data change: everyone reads the new one before going on.
 */
export const NOTICE_VERSION = 1;

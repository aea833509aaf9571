/** Formats of feeds. */
export const match = (param: string): param is 'json' | 'xml' => param === 'json' || param === 'xml';

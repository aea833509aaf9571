/** Formats that questions are taken away in. */
export const match = (param: string): param is 'docx' | 'xml' | 'json' => ['docx', 'xml', 'json'].includes(param);

/** Formats that a list is taken away in. */
export const match = (param: string): param is 'xlsx' | 'csv' => param === 'xlsx' || param === 'csv';

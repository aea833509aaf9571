import type { Database } from '../platform/database.ts';
import { siteSettings } from './tables.ts';

/** What the banner and the foot of every page say of the site's owner (NĐ 42/2022/NĐ-CP). */
export type Site = Readonly<{
	/** Cơ quan chủ quản, shown in capitals above the name. */
	owner: string;
	name: string;
	responsible: string;
	address: string;
	phone: string;
	email: string;
	/** `on` where the list of rapporteurs is public. */
	rapporteurList: string;
}>;

const UNSET: Site = {
	owner: '',
	name: 'Hệ thống tập huấn trực tuyến phổ biến, giáo dục pháp luật',
	responsible: '',
	address: '',
	phone: '',
	email: '',
	rapporteurList: ''
};

/** The site's own particulars, as set by the province; what is not set is empty, the name has a default. */
export async function getSite(db: Database): Promise<Site> {
	const [row] = await db.select({ values: siteSettings.values }).from(siteSettings);
	const values = row?.values ?? {};
	const keys = Object.keys(UNSET) as (keyof Site)[];
	return Object.fromEntries(keys.map((key) => [key, values[key] || UNSET[key]])) as Site;
}

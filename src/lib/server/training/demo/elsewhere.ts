import type { Context } from '../../platform/context.ts';
import { dayPlus } from '../../platform/seed-values.ts';
import { claimFor } from '../elsewhere/claim.ts';
import type { TrainingSeed } from '../seed.ts';

/** Two claims of training elsewhere that wait for the word of their units. */
export async function seedElsewhere(ctx: Context, { organisation, today }: TrainingSeed): Promise<void> {
	for (const code of ['MH-P01', 'MH-STP']) {
		const person = organisation.people.filter(({ unitCode }) => unitCode === code)[5];
		if (!person) continue;
		await claimFor(ctx, person.id, {
			title: 'Bồi dưỡng kỹ năng chuyển đổi số cho báo cáo viên pháp luật',
			host: 'Cục Phổ biến, giáo dục pháp luật – Bộ Tư pháp',
			...{ kind: 'refresher', topics: ['digital_skills'], mode: 'online_live' },
			...{ startsOn: dayPlus(today, -42), endsOn: dayPlus(today, -40), teachingPeriods: 16 },
			...{ documentNo: '215/GCN-PBGDPL', documentDate: dayPlus(today, -38) },
			file: new File([CERTIFICATE], 'giay-chung-nhan.svg')
		});
	}
}

/** A drawing that stands for a photographed certificate; it is stored as a photograph is. */
const CERTIFICATE = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="700">
	<rect width="1000" height="700" fill="#fff8e6"/>
	<rect x="30" y="30" width="940" height="640" fill="none" stroke="#b3211a" stroke-width="8"/>
	<text x="500" y="330" font-size="56" text-anchor="middle" font-family="serif">GIẤY CHỨNG NHẬN</text>
	<text x="500" y="410" font-size="32" text-anchor="middle" font-family="serif">(minh họa)</text>
</svg>`;

import { expect, test } from 'vitest';
import { parseDelimited } from '../list-file/csv.ts';
import { readMeetingReport } from './meeting-report.ts';

const sitting = { startsAt: new Date('2026-11-20T08:00:00+07:00'), endsAt: new Date('2026-11-20T10:00:00+07:00') };
const read = (text: string) => readMeetingReport(parseDelimited(text), sitting);

test('Zoom: rejoining counts once, time outside the sitting does not, months may come first', () => {
	const report = [
		'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
		'812 3456,Tập huấn,11/20/2026 07:40:00 AM,11/20/2026 10:20:00 AM,stp@minhhoa.gov.vn,160,3',
		'',
		'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest',
		'Nguyễn Văn An (Xã Yên Lâm),,11/20/2026 07:50:00 AM,11/20/2026 09:00:00 AM,70,Yes',
		'Nguyễn Văn An (Xã Yên Lâm),,11/20/2026 08:30:00 AM,11/20/2026 10:20:00 AM,110,Yes',
		'"Trần Thị Bình",binh@minhhoa.gov.vn,11/20/2026 09:30:30 AM,11/20/2026 10:10:00 AM,40,No'
	].join('\r\n');
	expect(read(report)).toEqual([
		{ name: 'Nguyễn Văn An (Xã Yên Lâm)', email: undefined, minutes: 120 },
		{ name: 'Trần Thị Bình', email: 'binh@minhhoa.gov.vn', minutes: 29 }
	]);
});

test('Teams: joining and leaving win over the summary', () => {
	const report = [
		'1. Summary',
		'Meeting title\tTập huấn',
		'',
		'2. Participants',
		'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole',
		'Trần Thị Bình\t11/20/26, 8:00:00 AM\t11/20/26, 10:00:00 AM\t2h\tbinh@x.vn\tAttendee',
		'',
		'3. In-Meeting Activities',
		'Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole',
		'Trần Thị Bình\t11/20/26, 8:00:00 AM\t11/20/26, 8:20:00 AM\t20m\tbinh@x.vn\tAttendee',
		'Trần Thị Bình\t11/20/26, 9:40:00 AM\t11/20/26, 10:00:00 AM\t20m\tbinh@x.vn\tAttendee'
	].join('\n');
	expect(read(report)).toEqual([{ name: 'Trần Thị Bình', email: 'binh@x.vn', minutes: 40 }]);
});

test.for([
	{ duration: '1 hr 20 min', minutes: 80 },
	{ duration: '95 min', minutes: 95 },
	{ duration: '3 giờ', minutes: 120 },
	{ duration: '01:10:30', minutes: 70 }
])('Google Meet: $duration is $minutes minutes of a sitting of 120', ({ duration, minutes }) => {
	const report = `First name,Last name,Email,Duration,Time joined,Time exited\nAn,Nguyễn Văn,an@x.vn,${duration},,`;
	expect(read(report)).toEqual([{ name: 'Nguyễn Văn An', email: 'an@x.vn', minutes }]);
});

test('a report of another day, and what is no report, give nobody any time', () => {
	const other = 'Name,Join Time,Leave Time\nNguyễn Văn An,11/21/2026 08:00:00 AM,11/21/2026 09:00:00 AM';
	expect(read(other)).toEqual([{ name: 'Nguyễn Văn An', email: undefined, minutes: 0 }]);
	expect(read('Kính gửi: các đơn vị\nv/v tập huấn')).toEqual([]);
});

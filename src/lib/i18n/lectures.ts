import { defineMessages } from './index.ts';

/** Texts around lecture files: uploading, what becomes of them, documents. */
export const lecturesMessages = defineMessages({
	vi: {
		upload: {
			title: 'Tệp bài giảng',
			choose: 'Chọn tệp video hoặc âm thanh',
			limit: (size: string) =>
				`Tối đa ${size}. Nhận MP4, MOV, MKV, WebM, AVI, MP3, M4A, WAV và các định dạng thông dụng khác.`,
			replace: 'Thay tệp khác'
		},
		quota: {
			title: 'Dung lượng bài giảng',
			lead: 'Tệp gốc và mọi mức chất lượng của bài giảng, tính cả các đơn vị trực thuộc.',
			used: (used: string) => `Đã dùng ${used}, không giới hạn`,
			usedOf: (used: string, max: string) => `Đã dùng ${used} trong ${max}`,
			limit: 'Hạn mức (GB)',
			hint: 'Để trống nếu không giới hạn. Bài giảng đã có vẫn giữ nguyên khi giảm hạn mức.',
			save: 'Lưu hạn mức',
			saved: 'Đã lưu hạn mức.'
		},
		sound: {
			title: 'Tải tiếng về (.mp3)',
			lead: 'Dùng cho bản tin truyền thanh, nghe lại khi không có mạng. Áp dụng ngay cho mọi lớp dùng bài giảng này.',
			allow: 'Cho người học tải tiếng của bài giảng về dưới dạng tệp .mp3',
			save: 'Lưu',
			making: 'Đang tạo tệp .mp3…',
			ready: (size: string) => `Tệp .mp3 đã sẵn sàng (${size}).`,
			download: (size: string) => `Tải tiếng về (.mp3, ${size})`,
			uncredited: 'Nghe tệp đã tải không được tính vào tiến độ; chỉ tính khi xem hoặc nghe tại trang này.'
		},
		states: {
			none: 'Chưa có tệp',
			awaiting_upload: 'Chưa tải xong tệp',
			queued: 'Đang chờ xử lý',
			probing: 'Đang kiểm tra tệp',
			transcoding: 'Đang chuyển đổi',
			ready: 'Sẵn sàng',
			failed: 'Không xử lý được',
			cancelled: 'Đã hủy'
		},
		transcoding: (percent: string) => `Đang chuyển đổi ${percent}`,
		stuck:
			'Đã lâu không có tiến triển. Có thể bộ xử lý bài giảng đang dừng; đề nghị báo quản trị kỹ thuật hoặc chọn «Thử lại».',
		storageAway: 'Kho lưu trữ tạm thời không truy cập được; hệ thống sẽ tự thử lại.',
		source: (name: string, size: string) => `Tệp gốc: ${name} (${size})`,
		duration: (length: string) => `Thời lượng ${length}`,
		qualities: (list: string) => `Chất lượng: ${list}`,
		audioOnly: 'chỉ âm thanh',
		retry: 'Thử lại',
		cancel: 'Dừng xử lý',
		cancelQuestion: 'Dừng xử lý tệp này? Có thể thử lại sau mà không cần tải lên lại.',
		reload: 'Tải lại trang để xem tiến độ',
		olderStaysReady: 'Trong khi chờ, người học vẫn xem bản đã sẵn sàng trước đó.',
		playableEarly: 'Người học đã xem được ở mức nhẹ nhất; các mức rõ hơn đang được làm.',
		failures: {
			empty_file: 'Tệp rỗng (0 byte). Đề nghị kiểm tra và chọn lại tệp.',
			not_media: 'Tệp này không phải là video hoặc âm thanh. Đề nghị chọn tệp ghi hình hoặc ghi âm (ví dụ .mp4, .mp3).',
			playlist_refused:
				'Tệp này chỉ là danh sách trỏ đến tệp khác, không chứa hình và tiếng. Đề nghị chọn chính tệp video.',
			unsupported_format: 'Định dạng của tệp không được hỗ trợ. Đề nghị xuất lại thành MP4 (H.264) rồi tải lên.',
			no_streams: 'Tệp không có hình và không có tiếng. Đề nghị kiểm tra lại tệp.',
			truncated:
				'Tệp bị thiếu phần cuối, có thể do chép hoặc ghi hình bị ngắt. Đề nghị mở thử trên máy, chép lại từ bản gốc rồi tải lên.',
			too_long: 'Bài giảng dài quá 6 giờ. Đề nghị chia thành nhiều bài.',
			too_large_picture: 'Khung hình quá lớn. Đề nghị xuất lại ở độ phân giải tối đa 4K.',
			disk_full: 'Máy chủ hết chỗ lưu trữ. Đề nghị báo quản trị kỹ thuật; tệp đã tải lên vẫn còn, chọn «Thử lại» sau.',
			ffmpeg_missing:
				'Máy chủ chưa cài công cụ xử lý video (ffmpeg). Đề nghị báo quản trị kỹ thuật, sau đó chọn «Thử lại».',
			timed_out: 'Xử lý quá lâu nên đã dừng. Đề nghị chọn «Thử lại»; nếu vẫn vậy, xuất lại tệp thành MP4 rồi tải lên.',
			killed: 'Việc xử lý bị ngắt nhiều lần. Đề nghị chọn «Thử lại» hoặc báo quản trị kỹ thuật.',
			source_missing: 'Không tìm thấy tệp đã tải lên. Đề nghị tải lên lại.',
			storage_unavailable: 'Kho lưu trữ không truy cập được. Đề nghị chọn «Thử lại» sau ít phút.',
			unknown: 'Có lỗi khi xử lý tệp. Đề nghị chọn «Thử lại»; nếu vẫn vậy, báo quản trị kỹ thuật.'
		},
		notesTitle: 'Lưu ý',
		notes: {
			no_audio: 'Video không có tiếng.',
			audio_only: 'Tệp chỉ có tiếng, không có hình.',
			portrait: 'Video quay dọc, người học sẽ thấy hai dải đen hai bên trên màn hình ngang.',
			scaled_down_4k: 'Video 4K được thu xuống 1080p.',
			hevc_10bit: 'Video HEVC 10-bit đã được chuyển sang H.264 8-bit.',
			high_bit_depth: 'Màu 10-bit đã được chuyển sang 8-bit.',
			interlaced: 'Video quét xen kẽ đã được chuyển sang quét liên tục.',
			variable_frame_rate: 'Tốc độ khung hình không đều đã được làm đều.',
			wrong_extension: 'Đuôi tên tệp không đúng với nội dung; tệp vẫn được xử lý.'
		},
		decision: {
			title: 'Cách chuyển đổi và lý do',
			content: {
				still: (share: string) => `Hình gần như đứng yên, như trang trình chiếu (${share} khung hình có thay đổi).`,
				moving: (share: string) => `Hình chuyển động (${share} khung hình có thay đổi).`,
				noisy: () => 'Hình nhiều hạt nhiễu: nén mạnh hơn vì nhiễu không giúp người học thấy rõ hơn.'
			},
			fps: (from: string, to: string) =>
				from === to ? `Giữ ${to} khung hình/giây.` : `Từ ${from} còn ${to} khung hình/giây để nhẹ đường truyền.`,
			rung: (name: string, kbps: string) => `${name}: khoảng ${kbps} kbit/s`,
			reasons: {
				smallest_useful: 'mức nhẹ nhất cần có',
				pays: 'rõ hơn mức dưới',
				lighter_not_needed: 'không làm, vì mức trên đã đủ nhẹ cho đường truyền yếu',
				too_close: 'không làm, vì gần như không nặng hơn mức dưới',
				too_heavy: 'không làm, vì dung lượng chỉ để giữ hạt nhiễu'
			},
			loudness: (measured: string, gain: string) =>
				`Tiếng đo được ${measured} LUFS, đã chỉnh ${gain} dB về −16 LUFS (EBU R 128).`,
			loudnessKept: (measured: string) => `Tiếng đo được ${measured} LUFS, giữ nguyên.`,
			silence: 'Tiếng quá nhỏ hoặc im lặng nên giữ nguyên.'
		},
		documents: {
			file: 'Tệp tài liệu',
			fileHint: (size: string) => `PDF, ảnh, Word (.docx), PowerPoint (.pptx) hoặc Excel (.xlsx); tối đa ${size}.`,
			add: 'Tải tệp lên',
			download: 'Tải xuống',
			downloadNamed: (name: string) => `Tải xuống «${name}»`,
			converting: 'Đang chuyển sang PDF; tải lại trang sau ít phút để đọc ngay tại đây.',
			downloadOnly: 'Tệp này chỉ tải xuống được, không đọc được ngay trên trang.',
			remove: 'Gỡ tệp',
			removeQuestion: (name: string) => `Gỡ «${name}» khỏi bài học?`,
			attachments: 'Tài liệu kèm theo'
		},
		pdf: {
			region: (name: string) => `Tài liệu ${name}`,
			loading: 'Đang mở tài liệu…',
			failed: 'Không mở được tài liệu tại đây. Đề nghị tải xuống để đọc.',
			page: (page: string, count: string) => `Trang ${page}/${count}`,
			pageImage: (page: string) => `Trang ${page}`,
			zoomIn: 'Phóng to',
			zoomOut: 'Thu nhỏ',
			previous: 'Trang trước',
			next: 'Trang sau',
			keys: 'Phím: ← → chuyển trang, + − phóng to, thu nhỏ.'
		}
	},
	en: {
		upload: {
			title: 'Lecture file',
			choose: 'Choose a video or audio file',
			limit: (size: string) => `At most ${size}. MP4, MOV, MKV, WebM, AVI, MP3, M4A, WAV and other usual formats.`,
			replace: 'Replace the file'
		},
		quota: {
			title: 'Room for lectures',
			lead: 'Original files and all qualities of lectures, units below included.',
			used: (used: string) => `${used} used, without a limit`,
			usedOf: (used: string, max: string) => `${used} of ${max} used`,
			limit: 'Limit (GB)',
			hint: 'Empty for no limit. Lectures that are there stay when it is lowered.',
			save: 'Save the limit',
			saved: 'The limit is saved.'
		},
		sound: {
			title: 'Sound to take away (.mp3)',
			lead: 'For the loudspeakers of communes and for listening without a network. It holds at once in every class that uses the lecture.',
			allow: 'Learners may download the sound of the lecture as an .mp3 file',
			save: 'Save',
			making: 'The .mp3 file is being made…',
			ready: (size: string) => `The .mp3 file is ready (${size}).`,
			download: (size: string) => `Download the sound (.mp3, ${size})`,
			uncredited:
				'Listening to the downloaded file does not count as progress; only watching or listening on this page does.'
		},
		states: {
			none: 'No file yet',
			awaiting_upload: 'Upload not finished',
			queued: 'Waiting to be processed',
			probing: 'Checking the file',
			transcoding: 'Converting',
			ready: 'Ready',
			failed: 'Could not be processed',
			cancelled: 'Cancelled'
		},
		transcoding: (percent: string) => `Converting ${percent}`,
		stuck:
			'Nothing has moved for a while. The media worker may be stopped; please tell the technical administrator or choose “Try again”.',
		storageAway: 'The storage cannot be reached at the moment; the system will try again by itself.',
		source: (name: string, size: string) => `Source file: ${name} (${size})`,
		duration: (length: string) => `Length ${length}`,
		qualities: (list: string) => `Qualities: ${list}`,
		audioOnly: 'sound only',
		retry: 'Try again',
		cancel: 'Stop processing',
		cancelQuestion: 'Stop processing this file? It can be tried again later without a new upload.',
		reload: 'Reload the page to see the progress',
		olderStaysReady: 'Meanwhile learners see the version that was ready before.',
		playableEarly: 'Learners can watch the lightest quality already; clearer ones are being made.',
		failures: {
			empty_file: 'The file is empty (0 bytes). Please check it and choose again.',
			not_media: 'This is not a video or audio file. Please choose a recording (for example .mp4 or .mp3).',
			playlist_refused: 'This file only points to other files. Please choose the video itself.',
			unsupported_format: 'The format is not supported. Please export it as MP4 (H.264) and upload again.',
			no_streams: 'The file holds neither picture nor sound. Please check it.',
			truncated:
				'The end of the file is missing, perhaps from an interrupted copy or recording. Please copy it again from the original and upload it.',
			too_long: 'The lecture is longer than 6 hours. Please split it.',
			too_large_picture: 'The picture is too large. Please export it at 4K or less.',
			disk_full:
				'The server has no room left. Please tell the technical administrator; the file is kept, try again later.',
			ffmpeg_missing: 'The server lacks ffmpeg. Please tell the technical administrator, then try again.',
			timed_out: 'Processing took too long and was stopped. Please try again, or export the file as MP4 first.',
			killed: 'Processing was interrupted several times. Please try again or tell the technical administrator.',
			source_missing: 'The uploaded file was not found. Please upload it again.',
			storage_unavailable: 'The storage cannot be reached. Please try again in a few minutes.',
			unknown: 'Something went wrong with this file. Please try again, or tell the technical administrator.'
		},
		notesTitle: 'Notes',
		notes: {
			no_audio: 'The video has no sound.',
			audio_only: 'The file has sound only, no picture.',
			portrait: 'The video is upright; on wide screens there are bars on both sides.',
			scaled_down_4k: 'The 4K video was scaled down to 1080p.',
			hevc_10bit: 'HEVC 10-bit was converted to H.264 8-bit.',
			high_bit_depth: '10-bit colour was converted to 8-bit.',
			interlaced: 'Interlaced video was made progressive.',
			variable_frame_rate: 'An uneven frame rate was made even.',
			wrong_extension: 'The file name’s ending does not fit its content; it was processed all the same.'
		},
		decision: {
			title: 'How it was converted, and why',
			content: {
				still: (share: string) => `The picture hardly moves, as slides do (${share} of frames change).`,
				moving: (share: string) => `The picture moves (${share} of frames change).`,
				noisy: () => 'The picture is grainy: it is compressed more, since grain shows nothing to a learner.'
			},
			fps: (from: string, to: string) =>
				from === to
					? `${to} frames per second are kept.`
					: `From ${from} to ${to} frames per second, to spare the line.`,
			rung: (name: string, kbps: string) => `${name}: about ${kbps} kbit/s`,
			reasons: {
				smallest_useful: 'the lightest one needed',
				pays: 'clearer than the one below',
				lighter_not_needed: 'not made: the one above is light enough for weak lines',
				too_close: 'not made: hardly heavier than the one below',
				too_heavy: 'not made: its bytes would only hold grain'
			},
			loudness: (measured: string, gain: string) =>
				`The sound measured ${measured} LUFS and was changed by ${gain} dB towards −16 LUFS (EBU R 128).`,
			loudnessKept: (measured: string) => `The sound measured ${measured} LUFS and was kept.`,
			silence: 'The sound is too quiet or silent and was kept.'
		},
		documents: {
			file: 'Document file',
			fileHint: (size: string) => `PDF, image, Word (.docx), PowerPoint (.pptx) or Excel (.xlsx); at most ${size}.`,
			add: 'Upload the file',
			download: 'Download',
			downloadNamed: (name: string) => `Download “${name}”`,
			converting: 'Being converted to PDF; reload the page in a few minutes to read it here.',
			downloadOnly: 'This file can only be downloaded, not read on the page.',
			remove: 'Remove file',
			removeQuestion: (name: string) => `Remove “${name}” from the lesson?`,
			attachments: 'Attachments'
		},
		pdf: {
			region: (name: string) => `Document ${name}`,
			loading: 'Opening the document…',
			failed: 'The document could not be opened here. Please download it to read it.',
			page: (page: string, count: string) => `Page ${page}/${count}`,
			pageImage: (page: string) => `Page ${page}`,
			zoomIn: 'Zoom in',
			zoomOut: 'Zoom out',
			previous: 'Previous page',
			next: 'Next page',
			keys: 'Keys: ← → change the page, + − zoom.'
		}
	}
});

/** The sentence for a failure code, also for one that is not known here. */
export function failureSentence(failures: Readonly<Record<string, string>>, code: string): string {
	return failures[code] ?? failures.unknown ?? '';
}

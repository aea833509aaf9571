import { type ErrorParams, fillIn, FORM_SENTENCES, type Sentence, UNKNOWN } from './form-errors.ts';
import type { Locale } from './index.ts';

/**
 * One sentence per code, for issues of a form field (`form.*`), for rules that said no (`module.reason` of a DomainError)
 * and for error pages (`page.*`). Each module keeps its codes together; `{name}` places are filled from the params.
 */
const SENTENCES: Readonly<Record<string, Sentence>> = {
	...FORM_SENTENCES,
	// Questions and quizzes
	'sharing.expired_day': ['Ngày hết hạn đã qua.', 'The day has passed.'],
	'sharing.no_key': ['Không tìm thấy khóa này.', 'This key was not found.'],
	'sharing.bad_key': [
		'Thiếu khóa truy cập, khóa sai, hết hạn hoặc đã bị thu hồi.',
		'The key is missing, wrong, expired or revoked.'
	],
	'sharing.out_of_scope': ['Khóa không được cấp quyền đọc {scope}.', 'The key may not read {scope}.'],
	'sharing.too_many': [
		'Quá {n} yêu cầu trong một phút. Đề nghị chờ sang phút sau.',
		'More than {n} requests in a minute. Please wait for the next one.'
	],
	'sharing.bad_page': [
		'cursor phải là giá trị next của trang trước, limit từ 1 đến 500.',
		'cursor must be the next of the page before, limit 1 to 500.'
	],
	'identity.viewing_only': [
		'Đang xem với tư cách người khác: chỉ xem, không thay đổi được. Về trang chủ, bấm Kết thúc để trở lại tài khoản của mình.',
		'You are looking at the system as somebody else: nothing can be changed. Go to the first page and press End to be yourself again.'
	],
	'identity.viewing_closed': [
		'Trang riêng của người này không xem được. Về trang chủ, bấm Kết thúc để trở lại tài khoản của mình.',
		'This page is the person’s own and is not shown. Go to the first page and press End to be yourself again.'
	],
	'identity.viewing_beyond_reach': [
		'Không xem được với tư cách tài khoản này: tài khoản của chính mình, đã khóa, chưa kích hoạt, hoặc có vai trò quản trị tỉnh, quản trị kỹ thuật.',
		'You cannot look at the system as this account: it is your own, closed, not activated, or runs the province or its machines.'
	],
	'identity.sso_failed': [
		'Đăng nhập qua hệ thống xác thực không thành công hoặc đã quá 10 phút. Đề nghị thử lại.',
		'Signing in through the provider failed or took more than ten minutes. Please try again.'
	],
	'identity.sso_unreachable': [
		'Không kết nối được hệ thống xác thực. Đề nghị đăng nhập bằng tên và mật khẩu.',
		'The provider cannot be reached. Please sign in with name and password.'
	],
	'identity.sso_no_match': [
		'Không xác định được người trong danh sách. Đề nghị liên kết bằng tên đăng nhập và mật khẩu, hoặc liên hệ đầu mối đơn vị.',
		'Nobody of the roster could be told for sure. Please link with name and password, or ask your unit.'
	],
	'identity.sso_only_way': [
		'Tài khoản chưa có mật khẩu. Đề nghị đặt mật khẩu trước khi bỏ liên kết.',
		'The account has no password. Please set one before unlinking.'
	],
	'assessment.day_is_over': ['Hạn nộp lại phải từ hôm nay trở đi.', 'The day to hand in again must be today or later.'],
	'assessment.marked_already': [
		'Câu trả lời này đã chấm, không trả lại được. Muốn đổi điểm, chấm lại ở mục Đã chấm.',
		'This answer is marked and cannot be sent back. Its marks can be changed under Marked.'
	],
	'assessment.returned_already': [
		'Câu trả lời này đang được người học chỉnh sửa.',
		'The learner is changing this answer.'
	],
	'assessment.nothing_returned': [
		'Câu này không chờ nộp lại, hoặc đã hết hạn nộp lại.',
		'This answer does not wait to be handed in again, or its day is over.'
	],
	'assessment.answer_missing': [
		'Đề nghị viết câu trả lời trước khi nộp lại.',
		'Please write the answer before you hand it in again.'
	],
	'assessment.xml_entities': [
		'Tệp XML khai báo thực thể riêng (DOCTYPE) nên không được nhận. Đề nghị xuất lại từ Moodle.',
		'The XML file declares entities of its own and is not accepted. Please export it from Moodle again.'
	],
	'assessment.xml_broken': ['Tệp XML bị lỗi ở dòng {line}.', 'The XML file is broken on line {line}.'],
	'assessment.xml_not_questions': [
		'Tệp XML không phải tệp câu hỏi của Moodle.',
		'The XML file is no Moodle file of questions.'
	],
	'assessment.json_broken': ['Tệp JSON bị lỗi, không đọc được.', 'The JSON file is broken.'],
	'assessment.json_not_ours': [
		'Tệp JSON không phải tệp câu hỏi do hệ thống xuất ra.',
		'The JSON file was not written by this system.'
	],
	'assessment.file_type': [
		'Chỉ nhận Word (.docx), Excel (.xlsx), văn bản, GIFT, Aiken, Moodle XML hoặc JSON của hệ thống.',
		'Only Word (.docx), Excel (.xlsx), text, GIFT, Aiken, Moodle XML and JSON of this system are accepted.'
	],
	'assessment.file_is_cartridge': [
		'Đây là gói IMS (Common Cartridge hoặc SCORM), không phải tệp câu hỏi. Đề nghị xuất câu hỏi dạng Moodle XML hoặc GIFT.',
		'This is an IMS package (Common Cartridge or SCORM), no file of questions. Please export Moodle XML or GIFT.'
	],
	'assessment.sheet_without_headings': [
		'Không thấy hàng tiêu đề có cột “Câu hỏi” và “Đáp án”. Đề nghị dùng tệp Excel mẫu.',
		'There is no heading row with “Câu hỏi” and “Đáp án”. Please use the template.'
	],
	'assessment.no_questions_found': [
		'Không đọc được câu hỏi nào. Đề nghị đánh số câu (“Câu 1:”) và ghi phương án A. B. C.',
		'No question could be read. Please number them (“Câu 1:”) and label options A. B. C.'
	],
	'assessment.too_many_questions': [
		'Tệp có quá {n} câu hỏi. Đề nghị tách thành nhiều tệp.',
		'The file has more than {n} questions. Please split it.'
	],
	'assessment.no_such_import': ['Không tìm thấy lần nhập câu hỏi này.', 'This file of questions was not found.'],
	'assessment.import_taken': [
		'Các câu của tệp này đã được đưa vào ngân hàng.',
		'The questions of this file were taken over already.'
	],
	'assessment.file_or_text': [
		'Đề nghị chọn một tệp hoặc dán câu hỏi vào ô bên dưới.',
		'Please choose a file or paste questions into the field below.'
	],
	'assessment.no_such_question': ['Không tìm thấy câu hỏi này.', 'This question was not found.'],
	'assessment.no_such_part': ['Không tìm thấy câu hỏi này trong tình huống.', 'The scenario has no such question.'],
	'assessment.too_many_parts': ['Một tình huống có nhiều nhất 20 câu hỏi.', 'A scenario has at most 20 questions.'],
	'assessment.media_type': [
		'Chỉ nhận ảnh JPEG, PNG, GIF, WebP; âm thanh MP3, M4A, WAV, OGG; video MP4, WebM, MKV.',
		'Only JPEG, PNG, GIF, WebP pictures, MP3, M4A, WAV, OGG sound and MP4, WebM, MKV clips are accepted.'
	],
	'learning.sat_outside': [
		'Ngày làm bài phải từ ngày bắt đầu lớp đến hôm nay.',
		'The day of the sitting must lie between the start of the class and today.'
	],
	'form.file_infected': [
		'Phần mềm quét vi-rút từ chối tệp này. Đề nghị kiểm tra máy tính và gửi tệp khác.',
		'The virus scanner refused this file. Please check your computer and send another file.'
	],
	'form.scan_too_large': [
		'Tệp lớn hơn mức phần mềm quét vi-rút của cơ quan nhận, nên chưa được nhận. Đề nghị gửi tệp nhỏ hơn hoặc báo quản trị kỹ thuật.',
		'The file is larger than the agency’s virus scanner takes, so it was not taken in. Please send a smaller file or tell the technical administrator.'
	],
	'form.scan_unavailable': [
		'Phần mềm quét vi-rút không trả lời nên tệp chưa được nhận. Đề nghị thử lại sau ít phút.',
		'The virus scanner does not answer, so the file was not taken in. Please try again in a few minutes.'
	],
	'assessment.file_not_accepted': [
		'Câu hỏi này không nhận loại tệp đó. Xem các loại tệp được nhận bên cạnh nút chọn tệp.',
		'This question does not take files of that kind. The kinds it takes are listed beside the button.'
	],
	'assessment.too_many_files': [
		'Đã gửi quá nhiều tệp cho câu hỏi này.',
		'Too many files have been sent to this question.'
	],
	'assessment.return_is_over': ['Đã quá hạn nộp lại câu này.', 'The day to hand this answer in again is over.'],
	'assessment.no_such_document': ['Không tìm thấy văn bản này.', 'This document was not found.'],
	'assessment.document_exists': [
		'Đã có văn bản khác mang số, ký hiệu này.',
		'Another document with this number exists already.'
	],
	'assessment.question_moved_on': [
		'Câu hỏi đã chuyển sang trạng thái khác. Đề nghị tải lại trang.',
		'The question has moved on meanwhile. Please reload the page.'
	],
	'assessment.incomplete': [
		'Câu hỏi còn thiếu nội dung nên chưa thể gửi thẩm định.',
		'The question is not complete and cannot be sent for review yet.'
	],
	'assessment.own_question': [
		'Người soạn câu hỏi không tự thẩm định. Đề nghị người khác thực hiện.',
		'Whoever wrote a question does not review it. Somebody else must.'
	],
	'assessment.reason_needed': ['Đề nghị ghi rõ lý do.', 'Please give the reason.'],
	'assessment.no_such_paper': ['Không tìm thấy đề kiểm tra này.', 'This paper was not found.'],
	'assessment.no_such_attempt': ['Không tìm thấy lượt làm bài này.', 'This attempt was not found.'],
	'assessment.not_open_yet': ['Bài kiểm tra chưa đến giờ mở.', 'The quiz is not open yet.'],
	'assessment.closed': ['Bài kiểm tra đã đóng.', 'The quiz is closed.'],
	'assessment.no_attempt_left': ['Ông/Bà đã dùng hết số lượt làm bài.', 'No attempt is left.'],
	'assessment.wait_for_next': [
		'Chưa hết thời gian chờ giữa hai lượt làm bài.',
		'The time to wait between two attempts is not over.'
	],
	'assessment.wrong_password': ['Mật khẩu vào thi không đúng.', 'The quiz password is wrong.'],
	'assessment.variants_alike': [
		'Đề có quá ít câu hỏi hoặc chưa chọn đảo thứ tự nên không tạo đủ số mã đề khác nhau. Chọn đảo thứ tự hoặc giảm số mã đề.',
		'There are too few questions, or shuffling is off, for that many different variants. Shuffle, or ask for fewer.'
	],
	'assessment.already_begun': [
		'Có người học đã có lượt làm bài. Đề nghị kiểm tra lại tệp.',
		'Somebody has an attempt already. Please check the file again.'
	],
	'learning.not_the_template': [
		'Tệp không đúng biểu nhập kết quả của bộ đề này. Tải biểu tại trang này rồi ghi vào đó.',
		'The file is not the form of this printed paper. Download the form here and fill it in.'
	],
	'learning.results_with_errors': [
		'Tệp có dòng lỗi nên chưa nhập bài làm nào. Đề nghị kiểm tra lại tệp.',
		'The file has lines with errors, so nothing was entered. Please check it again.'
	],
	'learning.no_results': ['Tệp chưa có bài làm nào.', 'The file holds no results.'],
	'learning.no_printed_paper': ['Không tìm thấy bộ đề in này.', 'There is no such printed paper.'],
	'assessment.too_few_questions': [
		'Ngân hàng câu hỏi không đủ câu cho đề này. Đề nghị báo giảng viên.',
		'The question bank has too few questions for this paper. Please tell the trainer.'
	],
	'assessment.attempt_over': ['Lượt làm bài này đã kết thúc.', 'This attempt is over.'],
	'assessment.nobody_meant': ['Không có người học nào thuộc diện này.', 'Nobody is meant by this.'],
	'assessment.not_to_be_marked': ['Câu này do hệ thống chấm.', 'This question is marked by the system.'],
	'assessment.points_missing': ['Còn thiếu điểm, hoặc điểm vượt mức tối đa.', 'Points are missing or above the most.'],
	'assessment.nothing_to_regrade': ['Không có câu trả lời nào cần chấm lại.', 'No answer needs to be marked anew.'],
	'assessment.too_long': ['Một đề có nhiều nhất 200 câu hỏi.', 'A paper has at most 200 questions.'],
	'assessment.asked_twice': ['Câu hỏi này đã có trong đề.', 'The paper holds this question already.'],
	'assessment.cannot_be_asked': [
		'Câu hỏi chưa được thẩm định hoặc không dùng được cho đề này.',
		'The question is not reviewed or cannot be used in this paper.'
	],
	'assessment.retired': [
		'Câu hỏi đã ngừng sử dụng. Đề nghị khôi phục trước khi sửa.',
		'The question is retired. Please restore it before you change it.'
	],

	// Learning
	'learning.no_person': ['Tài khoản này không gắn với người học nào.', 'This account does not belong to a learner.'],
	'learning.no_class': ['Không tìm thấy lớp tập huấn này.', 'This class was not found.'],
	'learning.no_lesson': ['Không tìm thấy bài học này.', 'This lesson was not found.'],
	'learning.no_playback': ['Đề nghị tải lại trang để tiếp tục xem.', 'Please reload the page to go on watching.'],
	'learning.no_pack': [
		'Không tìm thấy bài đã tải về này trong tài khoản của đồng chí.',
		'This stored lesson was not found in your account.'
	],
	'learning.pack_too_old': [
		'Bài đã tải về được gửi lại quá muộn nên thời gian xem không còn được ghi nhận.',
		'This stored lesson came back too late for its watching to count.'
	],
	'learning.class_not_yet': ['Lớp chưa đến ngày mở.', 'The class has not opened yet.'],
	'learning.class_closed': [
		'Lớp đã kết thúc, kết quả học không thay đổi nữa.',
		'The class has ended; results no longer change.'
	],
	'learning.earlier_lesson_first': [
		'Đề nghị hoàn thành bài học trước rồi học bài này.',
		'Please complete the earlier lesson first.'
	],
	'catalogue.not_a_quiz': ['Bài học này không phải bài kiểm tra.', 'This lesson is not a quiz.'],
	'learning.pass_to_complete': [
		'Bài kiểm tra được tính hoàn thành khi đạt điểm yêu cầu.',
		'A quiz is completed by passing it.'
	],
	'learning.open_to_complete': [
		'Bài SCORM được hoàn thành khi học trong nội dung của bài.',
		'A SCORM lesson is completed in its own content.'
	],
	'learning.watch_to_complete': ['Bài giảng được hoàn thành bằng cách xem.', 'A lecture is completed by watching it.'],
	'learning.lecture_not_ready': [
		'Bài giảng đang được xử lý, đề nghị quay lại sau ít phút.',
		'The lecture is still being processed. Please come back in a few minutes.'
	],
	'learning.playback_taken_over': [
		'Bài giảng đang được xem trên thiết bị khác.',
		'This lecture is being watched on another device.'
	],
	'learning.beats_crossed': ['Đề nghị thử lại.', 'Please try again.'],

	// Whole pages
	'page.bad_address': ['Địa chỉ trang có ký tự không hợp lệ.', 'The address holds characters that are not allowed.'],
	'page.not_found': ['Không tìm thấy trang này.', 'This page could not be found.'],
	'page.forbidden': ['Ông/Bà không có quyền thực hiện chức năng này.', 'You do not have permission to do this.'],
	'page.internal': UNKNOWN,
	'page.cross_site': [
		'Yêu cầu không đến từ trang này nên không được thực hiện. Đề nghị tải lại trang rồi thử lại.',
		'The request did not come from this site and was refused. Please reload the page and try again.'
	],
	'page.offline': [
		'Mất kết nối mạng. Đề nghị kiểm tra đường truyền rồi thử lại.',
		'There is no network connection. Please check it and try again.'
	],

	'catalogue.no_such_programme': ['Không tìm thấy chương trình này.', 'This programme was not found.'],

	// Library
	'library.no_resource': ['Không tìm thấy học liệu này.', 'This resource was not found.'],
	'library.nothing_to_show': [
		'Đề nghị chọn một tệp hoặc ghi đường dẫn nguồn.',
		'Please choose a file or give the address of the source.'
	],

	// Forum
	'forum.no_thread': ['Không tìm thấy nội dung trao đổi này.', 'This discussion was not found.'],
	'forum.no_board': ['Không tìm thấy chuyên mục này.', 'This board was not found.'],
	'forum.no_report': ['Báo cáo này đã được xử lý.', 'This report has been settled already.'],
	'forum.not_an_answer': [
		'Chỉ chấp nhận câu trả lời của giảng viên.',
		'Only a lecturer’s reply can be accepted as the answer.'
	],
	'forum.too_many_posts': [
		'Ông/Bà đã viết nhiều trong một giờ qua. Đề nghị quay lại sau.',
		'You have written a lot within the last hour. Please come back later.'
	],

	// Personal data
	'privacy.too_many_open': [
		'Ông/Bà có nhiều đề nghị đang chờ trả lời. Đề nghị chờ trả lời trước khi gửi thêm.',
		'Several of your requests are waiting. Please wait for their answers first.'
	],
	'privacy.no_request': ['Không tìm thấy đề nghị này.', 'This request was not found.'],
	'privacy.answered_already': ['Đề nghị này đã được trả lời.', 'This request has been answered already.'],

	// Surveys
	'surveys.closed': ['Đã hết thời gian đánh giá lớp này.', 'It is too late to rate this class.'],
	'surveys.not_yet': [
		'Phiếu được phát sau khi Ông/Bà hoàn thành hoặc được ghi nhận dự lớp.',
		'The form is given out once you have completed the class or your attendance is recorded.'
	],
	'surveys.already_drawn': ['Ông/Bà đã nhận phiếu của lớp này.', 'You have taken the form of this class.'],
	'surveys.nobody_left': ['Mọi người được chọn đều đã có phiếu.', 'Everybody of that choice has been given a form.'],
	'surveys.try_again': ['Chưa tạo được phiếu, đề nghị thử lại.', 'The form could not be made. Please try again.'],
	'surveys.no_form': [
		'Không tìm thấy phiếu với mã này. Đề nghị kiểm tra lại mã in trên phiếu.',
		'There is no form with this code. Please check the code on the slip.'
	],
	'surveys.used': ['Phiếu này đã được trả lời.', 'This form has been answered already.'],
	'surveys.no_unit': ['Không tìm thấy cơ quan, đơn vị này.', 'This unit was not found.'],
	'surveys.too_many_ratings': [
		'Hôm nay kết nối mạng này đã gửi nhiều đánh giá. Đề nghị quay lại vào ngày mai.',
		'Many ratings have come from this connection today. Please come back tomorrow.'
	],

	// uploads
	'upload.too_large': ['Tệp vượt quá dung lượng cho phép ({limit}).', 'The file is larger than the limit ({limit}).'],
	'upload.quota': [
		'{unit} được dùng tối đa {limit} cho tệp bài giảng; tệp này ({size}) làm vượt mức đó. Đề nghị xóa bài không còn dùng hoặc liên hệ quản trị tỉnh.',
		'{unit} may use {limit} for lectures; this file ({size}) would pass that. Please delete lectures no longer used or ask the administrator of the province.'
	],
	'unit.quota_number': [
		'Nhập số GB lớn hơn 0, ví dụ 50; để trống nếu không giới hạn.',
		'Enter a number of GB above 0, such as 50; leave it empty for no limit.'
	],
	'upload.empty_file': ['Tệp rỗng, không có nội dung.', 'The file is empty.'],
	'storage.missing': ['Không tìm thấy tệp trong kho.', 'The file is not in the store.'],
	'storage.unavailable': [
		'Chưa kết nối được kho tệp, đề nghị thử lại sau ít phút.',
		'The store of files cannot be reached. Please try again in a few minutes.'
	],
	'storage.full': [
		'Kho tệp đã đầy, chưa lưu được. Đề nghị báo quản trị hệ thống.',
		'The store of files is full and nothing was saved. Please tell the administrator.'
	],
	'upload.disk_full': [
		'Máy chủ không còn đủ chỗ cho tệp này. Đề nghị báo quản trị kỹ thuật.',
		'The server has no room for this file. Please tell the technical administrator.'
	],
	'upload.no_such_upload': [
		'Không tìm thấy lượt tải lên này. Đề nghị tải lại trang và chọn lại tệp.',
		'This upload was not found. Please reload the page and choose the file again.'
	],
	'upload.over': ['Tệp này đã được tải lên xong.', 'This file has been uploaded already.'],

	'catalogue.not_a_package': ['Bài này không phải bài SCORM.', 'This lesson is no SCORM lesson.'],

	// scorm: packages
	'scorm.not_ready': ['Gói SCORM của bài này chưa sẵn sàng.', 'The package of this lesson is not ready.'],
	'scorm.revision_not_published': [
		'Gói mới chưa được phê duyệt cùng phiên bản khóa học nên chưa dùng cho các lớp được.',
		'The new package was not approved with a version of the course yet, so classes cannot get it.'
	],
	'scorm.no_such_item': ['Gói không có mục này.', 'The package has no such item.'],
	'scorm.item_locked': ['Cần hoàn thành mục trước mới mở được mục này.', 'Earlier items must be completed first.'],
	'scorm.no_such_result': ['Không tìm thấy kết quả học này.', 'This result was not found.'],
	'scorm.attempts_used': ['Ông/Bà đã dùng hết số lượt học của bài này.', 'You have used all attempts at this lesson.'],
	'scorm.no_such_package': ['Không tìm thấy gói SCORM này.', 'This SCORM package was not found.'],
	'scorm.busy': [
		'Gói trước đang được nhập. Đề nghị chờ xong hoặc dừng lại rồi tải gói khác.',
		'The previous package is being imported. Please wait or stop it before uploading another.'
	],
	'scorm.not_retryable': [
		'Gói này đang được nhập, đã nhập xong hoặc không có tệp để nhập lại.',
		'This package is being imported, is imported, or has no file to import again.'
	],
	'scorm.import_failed': [
		'Chưa nhập được gói do lỗi của hệ thống. Đề nghị thử lại; nếu vẫn lỗi, báo quản trị kỹ thuật.',
		'The package could not be imported because of an error of the system. Please try again, or tell the technical administrator.'
	],
	'scorm.source_missing': [
		'Không còn tệp đã tải lên. Đề nghị tải lại gói.',
		'The uploaded file is no longer there. Please upload the package again.'
	],
	'scorm.not_a_zip': [
		'Tệp này không phải tệp nén .zip. Đề nghị xuất gói SCORM ra tệp .zip rồi tải lên.',
		'This file is no .zip archive. Please export the SCORM package as a .zip file and upload it.'
	],
	'scorm.zip_damaged': [
		'Tệp .zip bị hỏng: nội dung không khớp với mục lục của nó. Đề nghị xuất lại gói.',
		'The .zip file is damaged: its content does not match its own list. Please export the package again.'
	],
	'scorm.encrypted': [
		'Tệp .zip đặt mật khẩu. Đề nghị xuất gói không đặt mật khẩu.',
		'The .zip file is locked with a password. Please export it without one.'
	],
	'scorm.path_outside': [
		'Gói có tên tệp không hợp lệ («{path}»): đường dẫn tuyệt đối, lùi ra ngoài gói hoặc dùng dấu gạch ngược. Đề nghị nén lại gói bằng công cụ khác.',
		'The package holds a file name that is not allowed (“{path}”): absolute, leading outside, or with backslashes. Please make the .zip file with another tool.'
	],
	'scorm.link_inside': [
		'Gói có liên kết tệp («{path}») thay cho tệp thật. Đề nghị thay bằng tệp thật rồi nén lại.',
		'The package holds a link (“{path}”) instead of a file. Please put the file itself in and make the .zip again.'
	],
	'scorm.twin_names': ['Gói có hai tệp trùng tên «{path}».', 'The package holds two files named “{path}”.'],
	'scorm.name_too_long': [
		'Gói có tên tệp quá dài (trên 900 byte). Đề nghị rút ngắn tên tệp, thư mục.',
		'The package holds a file name that is too long (over 900 bytes). Please shorten the names.'
	],
	'scorm.folders_too_deep': [
		'Thư mục trong gói lồng nhau quá 20 cấp.',
		'Folders in the package nest more than 20 levels deep.'
	],
	'scorm.too_many_files': [
		'Gói có quá nhiều tệp (tối đa {limit} tệp).',
		'The package holds too many files (at most {limit}).'
	],
	'scorm.too_large': [
		'Gói quá lớn khi giải nén: tối đa 2 GB, mỗi tệp tối đa 1 GB.',
		'The package is too large when unpacked: at most 2 GB, each file at most 1 GB.'
	],
	'scorm.too_dense': [
		'Tệp «{path}» nén bất thường (giải nén ra lớn gấp hơn 200 lần) nên gói bị từ chối.',
		'The file “{path}” unpacks to more than 200 times its size, so the package was refused.'
	],
	'scorm.no_manifest': [
		'Không tìm thấy tệp imsmanifest.xml: đây không phải gói SCORM. Đề nghị chọn xuất bản dạng SCORM 1.2 hoặc SCORM 2004 trong phần mềm soạn bài.',
		'There is no imsmanifest.xml: this is no SCORM package. Please publish as SCORM 1.2 or SCORM 2004 in the authoring tool.'
	],
	'scorm.no_manifest_element': [
		'Tệp imsmanifest.xml không phải bản kê khai của gói SCORM (không có phần tử manifest).',
		'The file imsmanifest.xml is no manifest of a SCORM package (it has no manifest element).'
	],
	'scorm.manifest_too_large': ['Tệp imsmanifest.xml quá lớn.', 'The file imsmanifest.xml is too large.'],
	'scorm.is_cmi5': [
		'Đây là gói cmi5, không phải SCORM. Đề nghị xuất bản lại dạng SCORM 1.2 hoặc SCORM 2004.',
		'This is a cmi5 package, not SCORM. Please publish as SCORM 1.2 or SCORM 2004.'
	],
	'scorm.is_aicc': [
		'Đây là gói AICC, không phải SCORM. Đề nghị xuất bản lại dạng SCORM 1.2 hoặc SCORM 2004.',
		'This is an AICC package, not SCORM. Please publish as SCORM 1.2 or SCORM 2004.'
	],
	'scorm.is_h5p': [
		'Đây là nội dung H5P, không phải SCORM. Đề nghị xuất bản dạng SCORM từ công cụ soạn H5P.',
		'This is H5P content, not SCORM. Please export it as SCORM from the H5P editor.'
	],
	'scorm.is_xapi': [
		'Đây là gói xAPI (Tin Can), không phải SCORM. Đề nghị xuất bản lại dạng SCORM 1.2 hoặc SCORM 2004.',
		'This is an xAPI (Tin Can) package, not SCORM. Please publish as SCORM 1.2 or SCORM 2004.'
	],
	'scorm.is_website': [
		'Đây là trang web (HTML) đã xuất, không phải SCORM: thiếu tệp imsmanifest.xml. Đề nghị xuất bản lại dạng SCORM 1.2 hoặc SCORM 2004.',
		'This is an exported web site, not SCORM: imsmanifest.xml is missing. Please publish as SCORM 1.2 or SCORM 2004.'
	],
	'scorm.xml_doctype': [
		'Tệp imsmanifest.xml có khai báo DOCTYPE, không được chấp nhận vì lý do an toàn.',
		'The file imsmanifest.xml declares a DOCTYPE, which is refused for safety.'
	],
	'scorm.xml_malformed': [
		'Tệp imsmanifest.xml sai cú pháp ở dòng {line}, cột {column}.',
		'The file imsmanifest.xml is malformed at line {line}, column {column}.'
	],
	'scorm.xml_unreadable': ['Không đọc được tệp imsmanifest.xml.', 'The file imsmanifest.xml cannot be read.'],
	'scorm.encoding_unknown': [
		'Không đọc được tệp imsmanifest.xml với bảng mã {encoding}.',
		'The file imsmanifest.xml cannot be read in the encoding {encoding}.'
	],
	'scorm.too_deep': ['Mục lục của gói lồng nhau quá sâu.', 'The table of contents of the package nests too deep.'],
	'scorm.too_many_items': ['Mục lục của gói có quá nhiều mục.', 'The package lists too many items.'],
	'scorm.duplicate_item': [
		'Mục lục của gói có hai mục cùng mã «{identifier}».',
		'Two items of the package have the identifier “{identifier}”.'
	],
	'scorm.nothing_to_open': ['Gói không có mục nào mở được.', 'There is nothing in the package that could be opened.'],
	'scorm.dangling_reference': [
		'Mục «{title}» trỏ tới tài nguyên «{reference}» không có trong gói.',
		'The item “{title}” refers to a resource “{reference}” that is not there.'
	],
	'scorm.no_href': ['Mục «{title}» không có địa chỉ trang để mở.', 'The item “{title}” has no address to open.'],
	'scorm.href_missing': [
		'Mục «{title}» mở tệp «{href}» nhưng trong gói không có tệp này.',
		'The item “{title}” opens “{href}”, and there is no such file.'
	],
	'scorm.href_outside': [
		'Mục «{title}» mở địa chỉ nằm ngoài gói («{href}») nên gói bị từ chối.',
		'The item “{title}” opens an address outside of the package (“{href}”), so it was refused.'
	],

	// lectures
	'lectures.empty_file': ['Tệp rỗng, không có nội dung.', 'The file is empty.'],
	'lectures.busy': [
		'Tệp trước đang được xử lý. Đề nghị chờ xong hoặc dừng xử lý rồi tải tệp khác.',
		'The previous file is being processed. Please wait or stop it before uploading another.'
	],
	'lectures.no_such_lecture': ['Không tìm thấy bài giảng này.', 'This lecture was not found.'],
	'lectures.no_such_rendition': ['Không có mức chất lượng này.', 'There is no such quality.'],
	'lectures.not_retryable': [
		'Bài giảng này đang được xử lý hoặc chưa có tệp để xử lý lại.',
		'This lecture is being processed or has no file to process again.'
	],
	'captions.not_found': ['Không có phụ đề này.', 'There are no such captions.'],
	'captions.no_recognition': [
		'Hệ thống chưa được cài chương trình nhận dạng tiếng nói. Đề nghị liên hệ quản trị kỹ thuật.',
		'No program for speech recognition is set up. Please tell the technical administrator.'
	],
	'captions.no_sound': [
		'Bài giảng chưa xử lý xong hoặc không có tiếng, nên chưa tạo phụ đề tự động được.',
		'The lecture is not ready or has no sound, so no captions can be drafted.'
	],
	'captions.written_by_people': [
		'Đã có phụ đề do người soạn hoặc duyệt bằng ngôn ngữ này. Muốn tạo lại tự động, đề nghị xóa phụ đề đó trước.',
		'There are captions in this language that a person wrote or approved. To draft them again, delete them first.'
	],
	'captions.bad_time': [
		'Dòng {line} của tệp: không đọc được thời gian (dạng đúng: 00:01:02,500 --> 00:01:05,000).',
		'Line {line} of the file: the time cannot be read (as in 00:01:02,500 --> 00:01:05,000).'
	],
	'captions.end_before_start': [
		'Dòng {line} của tệp: thời điểm kết thúc phải sau thời điểm bắt đầu.',
		'Line {line} of the file: the end must be after the start.'
	],
	'captions.too_long_text': [
		'Dòng {line} của tệp: nội dung dài quá 500 ký tự. Đề nghị tách thành nhiều câu.',
		'Line {line} of the file: the text is longer than 500 characters. Please split it.'
	],
	'captions.too_many': ['Tệp phụ đề có quá 20.000 dòng.', 'The captions have more than 20,000 lines.'],
	'captions.too_large': ['Tệp phụ đề lớn quá 2 MB.', 'The caption file is larger than 2 MB.'],
	'captions.none': [
		'Không tìm thấy dòng phụ đề nào. Tệp phải là .vtt hoặc .srt.',
		'No captions were found. The file must be .vtt or .srt.'
	],
	'captions.not_utf8': [
		'Tệp phụ đề không phải mã UTF-8. Đề nghị mở bằng Notepad, chọn Lưu thành… với mã UTF-8 rồi tải lên lại.',
		'The caption file is not UTF-8. Please save it as UTF-8 and upload it again.'
	],
	'captions.beyond_end': [
		'Phụ đề thứ {number} bắt đầu sau khi bài giảng kết thúc. Có thể đây là phụ đề của video khác.',
		'Caption {number} begins after the lecture has ended. Perhaps it belongs to another video.'
	],
	'chapters.bad_time': [
		'Mục lục, dòng {line}: không đọc được thời điểm (ví dụ đúng: 2:30).',
		'Chapters, line {line}: the time cannot be read (for example 2:30).'
	],
	'chapters.bad_title': [
		'Mục lục, dòng {line}: thiếu tên mục hoặc tên dài quá 120 ký tự.',
		'Chapters, line {line}: the title is missing or longer than 120 characters.'
	],
	'chapters.same_time': [
		'Mục lục, dòng {line}: trùng thời điểm với một mục khác.',
		'Chapters, line {line}: another chapter begins at the same time.'
	],
	'chapters.too_many': ['Mục lục có quá 100 mục.', 'There are more than 100 chapters.'],
	'lectures.document_type': [
		'Loại tệp này không được chấp nhận. Nhận PDF, ảnh, Word (.docx), PowerPoint (.pptx), Excel (.xlsx) không chứa macro.',
		'This type of file is not accepted. PDF, images, Word (.docx), PowerPoint (.pptx) and Excel (.xlsx) without macros are.'
	],

	// catalogue
	'catalogue.no_such_course': ['Không tìm thấy khóa học này.', 'This course was not found.'],
	'catalogue.no_such_lesson': ['Không tìm thấy bài học này.', 'This lesson was not found.'],
	'catalogue.no_such_module': ['Không tìm thấy học phần này.', 'This module was not found.'],
	'catalogue.code_taken': ['Mã khóa học «{code}» đã có.', 'The course code “{code}” is taken.'],
	'catalogue.published': [
		'Phiên bản này đã ban hành, không sửa được. Đề nghị tạo phiên bản mới.',
		'This version is published and cannot be changed. Please begin a new version.'
	],
	'catalogue.in_review': [
		'Khóa học đang chờ duyệt, không sửa được. Đề nghị rút lại trước khi sửa.',
		'The course is in review and cannot be changed. Please take it back first.'
	],
	'catalogue.not_in_review': [
		'Khóa học này không còn ở trạng thái chờ duyệt.',
		'This course is no longer waiting for approval.'
	],
	'catalogue.not_published': ['Khóa học này chưa được ban hành.', 'This course has not been published.'],
	'catalogue.incomplete': [
		'Khóa học còn thiếu nội dung, chưa gửi duyệt được.',
		'The course is not complete and cannot be sent yet.'
	],
	'catalogue.own_course': [
		'Người soạn hoặc gửi duyệt không được tự phê duyệt khóa học. Cần người khác duyệt.',
		'Whoever wrote or sent a course may not approve it. Somebody else must decide.'
	],
	'catalogue.open_version': ['Đã có phiên bản đang soạn.', 'There is an open version already.'],
	'catalogue.not_a_lecture': ['Bài học này không phải là bài giảng.', 'This lesson is not a lecture.'],
	'catalogue.too_many_parts': ['Đã đạt số lượng tối đa, không thêm được nữa.', 'The largest number is reached.'],

	// organisation
	'form.unit_code': [
		'Mã chỉ gồm chữ không dấu, số, dấu chấm, gạch nối.',
		'A code holds letters without marks, digits, dots and hyphens only.'
	],
	'form.birth': [
		'Ngày sinh không hợp lệ, nhập ngày/tháng/năm hoặc chỉ năm.',
		'This birth is not valid; enter day/month/year or the year alone.'
	],
	'organisation.import_not_undoable': [
		'Lần nhập này chưa ghi gì hoặc đã được hoàn tác.',
		'This import wrote nothing yet, or was taken back already.'
	],
	'organisation.changed_meanwhile': [
		'Người khác vừa sửa nội dung này. Nội dung Ông/Bà nhập được giữ ở dưới; đề nghị mở lại trang để xem thay đổi rồi nhập lại.',
		'Someone else has just changed this. What you entered is kept below; please reopen the page to see the change, then enter it again.'
	],
	'organisation.unit_not_found': ['Không tìm thấy đơn vị này.', 'This unit could not be found.'],
	'organisation.unit_closed': ['Đơn vị này đã kết thúc hoạt động.', 'This unit is closed.'],
	'organisation.unit_code_taken': ['Mã đơn vị này đã được dùng.', 'This unit code is in use.'],
	'organisation.unit_below_itself': [
		'Không thể chuyển đơn vị vào chính nó hoặc đơn vị trực thuộc của nó.',
		'A unit cannot be moved below itself.'
	],
	'organisation.root_stays': [
		'Không thể chuyển hoặc kết thúc đơn vị cấp tỉnh.',
		'The province itself cannot be moved or closed.'
	],
	'organisation.before_last_change': [
		'Ngày phải sau lần thay đổi gần nhất.',
		'The day must be later than the last change.'
	],
	'organisation.already_merged': [
		'Một trong hai hồ sơ vừa được gộp hoặc đã bị loại. Đề nghị mở lại danh sách.',
		'One of the records was merged or struck off meanwhile. Please reopen the list.'
	],
	'organisation.numbers_differ': [
		'Hai hồ sơ có số định danh cá nhân khác nhau. Nếu một số nhập sai, đề nghị sửa số đó trước.',
		'The personal numbers of the records differ. If one is wrong, please correct it first.'
	],
	'organisation.accounts_undecided': [
		'Cả hai hồ sơ đều có tài khoản. Đề nghị chọn giữ tài khoản nào.',
		'Both records have an account. Please choose which to keep.'
	],
	'organisation.merger_not_found': ['Không tìm thấy lần gộp này.', 'This merger could not be found.'],
	'organisation.merger_undone': ['Lần gộp này đã được hoàn tác.', 'This merger was undone already.'],
	'organisation.undo_later_merger_first': [
		'Hồ sơ này được gộp thêm sau đó. Đề nghị hoàn tác lần gộp sau trước.',
		'This record was merged again later. Please undo the later merger first.'
	],
	'organisation.people_after_closure': [
		'Có {n} người vào đơn vị từ ngày này trở đi. Đề nghị chọn ngày muộn hơn hoặc sáp nhập vào đơn vị tiếp nhận.',
		'{n} people came to the unit on that day or later. Please choose a later day, or merge it into another unit.'
	],
	'organisation.taker_missing': [
		'Đề nghị ghi ít nhất một đơn vị tiếp nhận.',
		'Please name at least one unit that takes over.'
	],
	'organisation.taker_among_sources': [
		'Đơn vị tiếp nhận không thể nằm trong các đơn vị kết thúc.',
		'The unit that takes over cannot be one of those that end.'
	],
	'organisation.taker_begins_later': [
		'Đơn vị tiếp nhận hoặc cấp trên chưa có vào ngày này.',
		'The unit that takes over, or its superior, did not exist on that day.'
	],
	'organisation.names_and_numbers': [
		'Không thể sáp nhập đơn vị chỉ có số liệu tổng hợp với đơn vị có danh sách tên.',
		'A unit that gives head counts only cannot be merged with one that has names.'
	],
	'organisation.reorganisation_in_use': [
		'Không hoàn tác được: {n} nội dung đã thay đổi hoặc phát sinh sau lần sắp xếp này.',
		'This cannot be undone: {n} things were changed or added since.'
	],
	'organisation.reorganisation_not_undoable': [
		'Lần sắp xếp này chưa thực hiện, đã hoàn tác hoặc không hoàn tác được.',
		'This reorganisation was not carried out, was undone, or cannot be undone.'
	],
	'organisation.preview_again': [
		'Nội dung đã thay đổi sau khi xem trước. Đề nghị xem trước lại.',
		'Something was changed after the preview. Please preview again.'
	],
	'organisation.reorganisation_done': [
		'Phương án này đã được thực hiện hoặc đã hủy.',
		'This plan was carried out or dropped.'
	],
	'organisation.person_not_found': ['Không tìm thấy người này.', 'This person could not be found.'],
	'organisation.person_in_other_unit': [
		'Người này đã có trong danh sách của đơn vị khác. Đề nghị đơn vị đó hoặc Sở Tư pháp thực hiện chuyển đơn vị.',
		'This person is on the roster of another unit. Please ask that unit or the Department of Justice for a transfer.'
	],
	'organisation.gives_aggregates': [
		'Đơn vị này chỉ cung cấp số liệu tổng hợp, không nhập danh sách tên.',
		'This unit gives head counts only and takes no names.'
	],
	'organisation.gives_names': [
		'Đơn vị này có danh sách tên nên không nhập số liệu tổng hợp.',
		'This unit has a roster by name and takes no head counts.'
	],
	'organisation.same_unit': ['Người này đang thuộc đơn vị đã chọn.', 'The person is in that unit already.'],
	'organisation.no_unit': ['Người này hiện không thuộc đơn vị nào.', 'The person has no unit at present.'],
	'organisation.affiliation_overlaps': [
		'Thời gian này trùng với thời gian ở đơn vị khác.',
		'That time overlaps the time in another unit.'
	],
	'organisation.membership_overlaps': [
		'Người này đã thuộc nhóm đối tượng đó trong thời gian này.',
		'The person is in that category at that time already.'
	],
	'organisation.membership_ended': ['Nhóm đối tượng này đã kết thúc.', 'This membership has ended.'],
	'organisation.file_empty': ['Tệp rỗng.', 'The file is empty.'],
	'organisation.file_too_large': [
		'Tệp vượt quá dung lượng cho phép ({limit}).',
		'The file is larger than the limit ({limit}).'
	],
	'organisation.file_over_limit': [
		'Tệp vượt quá dung lượng cho phép (20 MB).',
		'The file is larger than the limit (20 MB).'
	],
	'organisation.file_too_many_rows': [
		'Tệp có quá nhiều dòng (tối đa {n}). Đề nghị chia thành nhiều tệp.',
		'The file has too many rows (at most {n}). Please split it.'
	],
	'organisation.file_unpacks_too_large': [
		'Nội dung tệp quá lớn khi mở. Đề nghị sao chép danh sách sang một tệp mới rồi gửi lại.',
		'The file is too large once opened. Please copy the list to a new file and send that.'
	],
	'organisation.file_damaged': [
		'Tệp bị hỏng, không đọc được. Đề nghị lưu lại bằng Excel rồi gửi lại.',
		'The file is damaged. Please save it again in Excel.'
	],
	'organisation.file_is_old_excel': [
		'Tệp dạng Excel cũ (.xls) hoặc có mật khẩu. Đề nghị lưu dạng .xlsx không mật khẩu rồi gửi lại.',
		'This is an old Excel file (.xls) or has a password. Please save it as .xlsx without a password.'
	],
	'organisation.file_is_encrypted': [
		'Tệp có mật khẩu. Đề nghị bỏ mật khẩu rồi gửi lại.',
		'The file has a password. Please remove it and send the file again.'
	],
	'organisation.file_has_macros': [
		'Tệp chứa macro. Đề nghị lưu lại dạng không có macro rồi gửi lại.',
		'The file holds macros. Please save it without macros and send it again.'
	],
	'organisation.not_a_workbook': ['Tệp không phải bảng tính Excel (.xlsx).', 'The file is no Excel workbook (.xlsx).'],
	'organisation.file_without_headings': [
		'Không tìm thấy dòng tiêu đề của bảng (ví dụ: Họ và tên, Đơn vị, …).',
		'The heading row of the table was not found.'
	],
	'organisation.import_not_found': ['Không tìm thấy lần nhập này.', 'This import could not be found.'],
	'organisation.import_busy': [
		'Tệp này đang được xử lý hoặc đã nhập xong.',
		'This file is being worked on or was imported.'
	],
	'organisation.import_interrupted': [
		'Việc xử lý bị gián đoạn, hệ thống sẽ tự thử lại. Các dòng đã nhập không bị nhập lại.',
		'The work was interrupted and will be tried again. Rows that are in are not taken in twice.'
	],

	// reporting
	'reporting.self_report_other_year': [
		'Hoạt động phải trong năm {year}. Muốn ghi năm khác, chọn năm ở đầu trang.',
		'The activity must lie in {year}. Choose another year at the top of the page.'
	],
	'reporting.self_report_year': [
		'Chỉ báo cáo được năm nay và năm trước.',
		'Reports are on this year or the one before.'
	],
	'reporting.self_report_sent': [
		'Báo cáo đã gửi đơn vị. Muốn sửa, bấm Rút lại; báo cáo đã được tiếp nhận thì không sửa.',
		'The report was sent. Take it back to change it; one that was accepted stays as it is.'
	],
	'reporting.self_report_empty': [
		'Chưa ghi hoạt động nào. Nếu trong năm không có hoạt động, ghi rõ lý do ở mục Khó khăn, vướng mắc rồi gửi.',
		'No activity is named. If there was none, write why under Difficulties, then send.'
	],
	'reporting.self_report_decided': [
		'Báo cáo này đã được xử lý hoặc người gửi đã rút lại.',
		'This report was decided already or taken back.'
	],
	'reporting.own_self_report': [
		'Không tự tiếp nhận báo cáo của mình. Đề nghị người khác của đơn vị.',
		'Nobody accepts a report of their own. Somebody else of the unit must.'
	],
	'reporting.no_self_report': ['Không tìm thấy báo cáo này.', 'This report was not found.'],
	'reporting.no_period': ['Không tìm thấy kỳ báo cáo này.', 'There is no such reporting period.'],
	'reporting.no_unit': ['Không tìm thấy báo cáo của đơn vị này.', 'There is no report of this unit.'],
	'reporting.no_stage': ['Kế hoạch không có giai đoạn này.', 'The plan has no such stage.'],
	'reporting.cut_off_early': [
		'Ngày chốt số liệu không được trước ngày đầu của kỳ.',
		'The cut-off must not be before the first day of the period.'
	],
	'reporting.no_version': ['Không tìm thấy bản báo cáo này.', 'There is no such version of the report.'],
	'reporting.not_signed': ['Báo cáo chưa có bản ký.', 'There is no signed copy of this report.'],
	'reporting.no_template': ['Tỉnh chưa có mẫu báo cáo riêng.', 'The province has no template of its own.'],
	'reporting.template_broken': [
		'Mẫu có ô điền mở hoặc đóng không đúng: {where}. Đề nghị kiểm tra dấu ngoặc nhọn.',
		'A place of the template is not opened or closed rightly: {where}. Please check its braces.'
	],
	'reporting.unknown_field': [
		'Mẫu có ô điền hệ thống không biết: {names}.',
		'The template names places that are not known: {names}.'
	],
	'reporting.not_now': [
		'Báo cáo đang ở trạng thái khác, không thực hiện được thao tác này. Đề nghị tải lại trang.',
		'The report is in another state, so this cannot be done. Please reload the page.'
	],
	'reporting.period_locked': [
		'Kỳ báo cáo đã chốt, không sửa được số liệu.',
		'The reporting period is locked; its figures cannot be changed.'
	],
	'reporting.already_sent': [
		'Đã có đơn vị lập báo cáo theo ngày chốt này, không sửa hoặc hủy được nữa.',
		'Units have sent figures of this cut-off; it can no longer be changed or withdrawn.'
	],
	'reporting.period_exists': ['Đã có kỳ báo cáo «{name}».', 'There is a reporting period “{name}” already.'],

	// indicators
	'indicators.not_empty': [
		'Danh sách đối tượng đã có người; dữ liệu giả chỉ được tạo trong cơ sở dữ liệu trống.',
		'There are people on the roster already; made data go into an empty database only.'
	],
	'indicators.unknown_stage': ['Không tìm thấy giai đoạn này.', 'This stage could not be found.'],
	'indicators.unknown_unit': [
		'Không tìm thấy đơn vị này trong phạm vi được xem.',
		'This unit could not be found among those you may see.'
	],
	'indicators.stale': [
		'Người khác vừa sửa chỉ tiêu hoặc quy tắc này. Đề nghị tải lại trang rồi sửa lại.',
		'Someone else has just changed this target or rule. Please reload the page and edit again.'
	],
	'indicators.stages_overlap': ['Các giai đoạn không được chồng lên nhau.', 'Stages must not overlap.'],

	// training
	'form.document_or_approver': [
		'Đề nghị nhập số văn bản hoặc người phê duyệt: thiếu cả hai thì lớp không được tính vào chỉ tiêu.',
		'Please enter a document number or who approved it: without either the class does not count.'
	],
	'form.birth_year': ['Năm sinh gồm 4 chữ số, ví dụ 1985.', 'A birth year has four digits, for example 1985.'],
	'training.no_class': ['Không tìm thấy lớp tập huấn này.', 'This class could not be found.'],
	'training.no_participation': ['Không tìm thấy người này trong lớp.', 'This person is not on the class.'],
	'training.no_evidence': ['Không tìm thấy tệp minh chứng này.', 'This evidence could not be found.'],
	'training.course_not_published': [
		'Khóa học chưa được ban hành hoặc đã ngừng sử dụng nên không mở lớp được.',
		'The course is not published or has been withdrawn, so no class can be opened on it.'
	],
	'training.class_closed': [
		'Lớp đã kết thúc, đã báo cáo hoặc đã hủy nên không thay đổi được.',
		'The class has ended, been reported or been cancelled and cannot be changed.'
	],
	'training.class_cancelled': ['Lớp đã hủy.', 'The class was cancelled.'],
	'training.class_locked': [
		'Kỳ báo cáo đã chốt, không sửa được số liệu.',
		'The reporting period is closed; figures cannot be changed.'
	],
	'training.status_moved_on': [
		'Trạng thái của lớp đã thay đổi. Đề nghị tải lại trang.',
		'The status of the class has changed. Please reload the page.'
	],
	'training.self_paced_stays': [
		'Lớp tự học trực tuyến không đổi được sang hình thức khác.',
		'A self-paced class cannot become another kind of class.'
	],
	'training.self_paced_needs_course': ['Lớp tự học trực tuyến phải có khóa học.', 'A self-paced class needs a course.'],
	'training.self_paced_by_learning': [
		'Với lớp tự học trực tuyến, việc hoàn thành do hệ thống ghi nhận khi học viên học xong.',
		'In a self-paced class completion comes from learning alone.'
	],
	'training.ended_before_start': [
		'Ngày kết thúc không được trước ngày bắt đầu lớp.',
		'The class cannot end before its first day.'
	],
	'training.ended_before_completion': [
		'Có người hoàn thành sau ngày này. Đề nghị chọn ngày kết thúc muộn hơn.',
		'Somebody completed the class after this day. Please choose a later end.'
	],
	'training.day_outside_class': ['Ngày phải nằm trong thời gian tổ chức lớp.', 'The day must lie within the class.'],
	'training.has_completions': [
		'Lớp đã có người hoàn thành nên không hủy được. Đề nghị kết thúc lớp.',
		'Somebody has completed this class, so it cannot be cancelled. Please end it.'
	],
	'training.person_out_of_scope': [
		'Có {n} người không thuộc đơn vị do Ông/Bà quản lý.',
		'{n} of the people do not belong to your units.'
	],
	'training.already_summoned': ['Người này đã có trong lớp.', 'This person is on the class already.'],
	'training.attendance_too_short': [
		'Dự chưa đủ {percent}% số tiết nên chưa được ghi là hoàn thành. Đề nghị chọn «Chưa hoàn thành».',
		'Attendance is below {percent}% of the class, so it is not a completion. Please choose “Not completed”.'
	],
	'training.reason_needed': [
		'Đề nghị nêu lý do khi hủy kết quả hoàn thành.',
		'Please give a reason for taking a completion back.'
	],
	'training.no_session': ['Không tìm thấy phiên học này.', 'This session could not be found.'],
	'training.no_session_added': [
		'Các buổi này đã có trong danh sách phiên học.',
		'These sessions are on the list already.'
	],
	'training.self_paced_no_sessions': [
		'Lớp tự học trực tuyến không có phiên học.',
		'A self-paced class has no sessions.'
	],
	'training.sessions_overlap': [
		'Đã có phiên học khác trong thời gian này.',
		'Another session takes this time already.'
	],
	'training.dates_exclude_sessions': [
		'Có phiên học nằm ngoài thời gian mới của lớp. Đề nghị sửa phiên học trước.',
		'A session lies outside the new days of the class. Please change the session first.'
	],
	'training.no_plan': ['Không tìm thấy kế hoạch này.', 'This plan could not be found.'],
	'training.no_plan_line': [
		'Không tìm thấy hoạt động này trong kế hoạch.',
		'This line of the plan could not be found.'
	],
	'training.outside_plan_year': [
		'Thời gian phải nằm trong năm {year} của kế hoạch.',
		'The days must lie within the plan’s year, {year}.'
	],
	'training.no_site': ['Không tìm thấy điểm cầu này.', 'This bridge site could not be found.'],
	'training.site_list_empty': [
		'Danh sách chưa có ai. Nếu đơn vị không có người tham gia, đề nghị đánh dấu vào ô tương ứng.',
		'Nobody is on the list. If nobody takes part, please tick that box.'
	],
	'training.cannot_join': [
		'Không thể gửi danh sách vào hoạt động này: hoạt động đã báo cáo, đã hủy hoặc không phải của đơn vị khác.',
		'This activity cannot be joined: it is reported, cancelled, or not another unit’s.'
	],
	'training.nobody_present': [
		'Đề nghị đánh dấu ít nhất một người tham dự.',
		'Please tick at least one person who attended.'
	],
	'training.walk_in_ambiguous': [
		'Đơn vị có nhiều người trùng tên với người bổ sung. Đề nghị nhập năm sinh hoặc tìm và chọn đúng người.',
		'Several people of the unit bear the name of the person added. Please enter the birth year or search and choose.'
	],
	'training.unit_gives_names': [
		'Đơn vị này cung cấp danh sách nên không nhập số liệu tổng hợp.',
		'This unit hands over names, so numbers are not entered for it.'
	],
	'training.list_empty': ['Tệp không có dòng nào ghi họ và tên.', 'The file has no line with a name.'],
	'training.list_too_long': [
		'Danh sách dài hơn {n} dòng. Đề nghị tách thành nhiều tệp.',
		'The list has more than {n} lines. Please split it.'
	],
	'training.list_file_or_text': [
		'Đề nghị chọn một tệp hoặc dán danh sách vào ô bên dưới.',
		'Please choose a file or paste the list into the field below.'
	],
	'training.list_file_type': [
		'Chỉ nhận tệp Excel (.xlsx), Word (.docx), CSV hoặc văn bản thuần.',
		'Only Excel (.xlsx), Word (.docx), CSV and plain text files are accepted.'
	],
	'training.list_old_office': [
		'Tệp dạng cũ (.xls, .doc) hoặc có mật khẩu. Đề nghị lưu dạng .xlsx, .docx không mật khẩu rồi gửi lại.',
		'This is an old file (.xls, .doc) or has a password. Please save it as .xlsx or .docx without a password.'
	],
	'training.list_not_unicode': [
		'Tệp văn bản không dùng bảng mã Unicode nên không đọc được tiếng Việt. Đề nghị lưu lại với bảng mã UTF-8.',
		'The text file is not Unicode. Please save it as UTF-8.'
	],
	'training.list_no_names': [
		'Không tìm thấy họ tên nào trong danh sách. Đề nghị có dòng tiêu đề (Họ và tên, Năm sinh, Đơn vị…) hoặc mỗi dòng một người.',
		'No name was found. Please have a heading row (full name, birth year, unit…) or one person a line.'
	],
	'training.no_list_import': ['Không tìm thấy lần nhập danh sách này.', 'This list was not found.'],
	'training.list_undone': ['Lần nhập danh sách này đã được hoàn tác.', 'This list was undone already.'],
	'training.candidate_settled': [
		'Đề nghị này đã được xử lý hoặc đã rút. Đề nghị tải lại trang.',
		'This was settled or withdrawn meanwhile. Please reload the page.'
	],
	'training.candidate_is_known': [
		'{name}: số định danh đã có trong danh sách người của đơn vị. Đề nghị chọn người đó thay vì thêm mới.',
		'{name}: the personal number belongs to somebody on the roster. Please choose that person.'
	],
	'training.sitting_not_yet': [
		'Chưa đến giờ phiên học; điểm danh mở trước giờ bắt đầu 60 phút.',
		'The sitting has not begun; attendance opens 60 minutes before.'
	],
	'training.sitting_over': [
		'Phiên học đã kết thúc, đề nghị điểm danh bằng tay.',
		'The sitting is over; please mark attendance by hand.'
	],
	'training.code_expired': [
		'Mã điểm danh đã hết hạn. Đề nghị quét lại mã đang hiển thị trên màn hình.',
		'The code has expired. Please scan the code on the wall again.'
	],
	'training.ticket_expired': [
		'Trang điểm danh đã mở quá lâu. Đề nghị quét lại mã đang hiển thị trên màn hình.',
		'This page was open for too long. Please scan the code on the wall again.'
	],
	'training.ticket_used': [
		'Lượt quét này đã điểm danh cho một người. Người tiếp theo đề nghị quét lại mã.',
		'This scan has checked one person in. The next one please scans again.'
	],
	'training.four_digits': ['Đề nghị nhập đúng 4 chữ số.', 'Please enter exactly 4 digits.'],
	'training.wrong_digits': [
		'4 số cuối điện thoại không khớp với số đã đăng ký. Đề nghị nhập lại hoặc báo ban tổ chức.',
		'The digits do not match the telephone known. Please try again or tell the organiser.'
	],
	'training.no_phone': [
		'Đơn vị chưa đăng ký số điện thoại cho người này. Đề nghị báo ban tổ chức điểm danh trực tiếp.',
		'No telephone is known for this person. Please ask the organiser to mark attendance.'
	],
	'training.too_many_check_ins': [
		'Có quá nhiều lần nhập sai từ mạng này. Đề nghị báo ban tổ chức điểm danh trực tiếp.',
		'Too many wrong entries from this network. Please ask the organiser.'
	],
	'training.no_own_person': [
		'Tài khoản này không gắn với người nào trong danh sách của đơn vị.',
		'This account does not belong to a person of a roster.'
	],
	'training.unit_not_understood': [
		'Không tìm thấy cơ quan, đơn vị có tên này. Đề nghị ghi đúng tên, ví dụ: UBND xã Suối Ngọc.',
		'No unit has this name. Please write it in full, for example: UBND xã Suối Ngọc.'
	],
	'training.no_claim': ['Không tìm thấy lượt khai này.', 'This claim was not found.'],
	'training.claim_settled': ['Lượt khai này đã được xử lý.', 'This claim was decided already.'],
	'training.own_claim': [
		'Người khai hoặc người nhập thay không tự duyệt. Đề nghị người khác của đơn vị duyệt.',
		'Nobody decides a claim of their own. Somebody else of the unit must.'
	],
	'training.history_not_offered': [
		'Hồ sơ này đã được xử lý hoặc không còn. Đề nghị xem lại danh sách.',
		'This record was dealt with already or is gone. Please look at the list again.'
	],
	'training.history_settled': [
		'Lượt nhận này đã được xử lý, hoặc hồ sơ đã được gộp.',
		'This claim was decided already, or the record was merged.'
	],
	'training.history_has_account': [
		'Hồ sơ này nay đã có tài khoản riêng. Đề nghị so sánh hai hồ sơ ở mục Người có thể trùng.',
		'This record has got an account of its own. Please compare the two under Possible duplicates.'
	],
	'training.claim_counted': [
		'Người này đã được ghi nhận hoàn thành lớp này.',
		'This person has completed this class already.'
	],
	'training.not_a_report': [
		'Không nhận ra báo cáo người dự của Zoom, Teams hoặc Google Meet trong tệp này. Đề nghị tải đúng báo cáo có cột tên và thời gian tham gia.',
		'This file is no participants’ report of Zoom, Teams or Google Meet. It needs columns for the name and the time.'
	],
	'reporting.pack_running': [
		'Bộ minh chứng của đơn vị và năm này đang được tạo.',
		'The pack of this unit and year is being made already.'
	],
	'reporting.no_pack': ['Không còn bộ minh chứng này. Đề nghị tạo lại.', 'This pack is gone. Please make it again.'],
	'training.list_gone': [
		'Không còn tệp danh sách này. Đề nghị tải lên lại.',
		'The list is no longer there. Please upload it again.'
	],
	'training.list_choice_gone': [
		'Dòng {row}: người đã chọn không còn phù hợp. Đề nghị tải danh sách lên lại.',
		'Row {row}: the person chosen no longer fits. Please upload the list again.'
	],
	'training.list_row_refused': [
		'Dòng {row}: không thêm được người mới, có thể số định danh đã thuộc đơn vị khác. Đề nghị chọn «Bỏ qua» hoặc sửa tệp.',
		'Row {row}: the new person could not be added; the personal number may belong to another unit. Please skip the row or mend the file.'
	],
	'training.rule_needs_document': [
		'Đề nghị nhập số văn bản hướng dẫn khi áp dụng cách tính khác.',
		'Please give the guiding document for another way of counting.'
	],

	// identity
	'identity.sign_in_required': ['Đề nghị đăng nhập để tiếp tục.', 'Please sign in to continue.'],
	'identity.session_expired': [
		'Phiên làm việc đã hết hạn. Đề nghị đăng nhập lại.',
		'Your session has ended. Please sign in again.'
	],
	'identity.second_step_needed': [
		'Đề nghị nhập mã xác thực bước hai để hoàn tất đăng nhập.',
		'Please enter the code of the second step to finish signing in.'
	],
	'identity.wrong_code': [
		'Mã không đúng hoặc đã được dùng. Đề nghị chờ mã tiếp theo rồi nhập lại.',
		'The code is not right or was used already. Please wait for the next one and try again.'
	],
	'identity.two_step_on': ['Xác thực hai bước đã bật.', 'The second step is on already.'],
	'identity.two_step_off': ['Xác thực hai bước chưa bật.', 'The second step is not on.'],
	'identity.two_step_overdue': [
		'Vai trò này phải dùng xác thực hai bước; đề nghị thiết lập trước.',
		'This role requires the second step; please set it up first.'
	],
	'identity.confirmation_needed': [
		'Đề nghị xác nhận lại mật khẩu trước khi thực hiện.',
		'Please confirm with your password first.'
	],
	'identity.setting_changed_meanwhile': [
		'Người khác vừa thay đổi thiết lập này; đề nghị xem lại rồi lưu.',
		'Somebody has just changed this setting; please look again and save.'
	],
	'identity.not_permitted': [
		'Ông/Bà không có quyền thực hiện chức năng này.',
		'You do not have permission to do this.'
	],
	'identity.wrong_credentials': [
		'Tên đăng nhập hoặc mật khẩu không đúng.',
		'The user name or the password is not correct.'
	],
	'identity.too_many_attempts': [
		'Đăng nhập sai nhiều lần, đề nghị thử lại sau {n} giây.',
		'Too many failed attempts. Please try again in {n} seconds.'
	],
	'identity.busy': UNKNOWN,
	'identity.wrong_password': ['Mật khẩu hiện tại không đúng.', 'The current password is not correct.'],
	'identity.password_same': [
		'Mật khẩu mới trùng với mật khẩu hiện tại.',
		'The new password is the same as the current one.'
	],
	'identity.password_common': [
		'Mật khẩu này quá dễ đoán. Đề nghị chọn mật khẩu khác, ví dụ một câu ngắn gồm nhiều từ.',
		'This password is too easy to guess. Please choose another one, for example a short phrase of several words.'
	],
	'identity.password_change_required': [
		'Đề nghị đặt mật khẩu mới trước khi tiếp tục.',
		'Please set a new password before you go on.'
	],
	'identity.notice_unread': [
		'Đề nghị đọc thông báo về dữ liệu cá nhân trước khi tiếp tục.',
		'Please read the notice on personal data before you go on.'
	],
	'identity.username_taken': [
		'Tên đăng nhập này đã có người dùng. Đề nghị chọn tên khác.',
		'This user name is taken. Please choose another one.'
	],
	'identity.username_phone': [
		'Tên đăng nhập là số điện thoại thì phải đúng số của Ông/Bà trong danh sách. Đề nghị dùng số đó hoặc chọn tên khác.',
		'A phone number as user name must be your own number on the roster. Please use that number or another name.'
	],
	'identity.slip_invalid': [
		'Phiếu không còn hiệu lực hoặc đã được sử dụng. Đề nghị liên hệ quản trị của cơ quan, đơn vị để được cấp phiếu mới.',
		'This slip has expired or has been used. Please ask the administrator of your unit for a new one.'
	],
	'identity.account_missing': ['Không tìm thấy tài khoản này.', 'This account could not be found.'],
	'identity.account_exists': ['Người này đã có tài khoản.', 'This person has an account already.'],
	'identity.account_beyond_reach': [
		'Tài khoản này giữ vai trò ở ngoài phạm vi quản lý. Đề nghị liên hệ quản trị cấp tỉnh.',
		'This account holds a role outside the units you manage. Please contact the provincial administrator.'
	],
	'identity.account_disabled': [
		'Tài khoản này đang bị khóa. Đề nghị mở lại tài khoản trước khi cấp phiếu.',
		'This account is closed. Please reopen it before issuing a slip.'
	],
	'identity.own_account': ['Không thể tự khóa tài khoản của mình.', 'You cannot close your own account.'],
	'identity.last_admin': [
		'Đây là quản trị cấp tỉnh cuối cùng. Đề nghị giao vai trò cho người khác trước.',
		'This is the last provincial administrator. Please give the role to someone else first.'
	],
	'identity.role_missing': ['Không tìm thấy vai trò này.', 'This role could not be found.'],

	// Certificates
	'certificates.no_certificate': ['Không tìm thấy giấy chứng nhận này.', 'This certificate could not be found.'],
	'certificates.not_issued': [
		'Giấy chứng nhận này chưa cấp hoặc đã thu hồi.',
		'This certificate has not been issued or has been revoked.'
	],
	'certificates.no_template': [
		'Đơn vị chủ trì chưa có mẫu giấy chứng nhận. Đề nghị tạo mẫu trước khi cấp.',
		'The organiser has no certificate template yet. Please make one first.'
	],
	'certificates.no_completion': [
		'Người này chưa hoàn thành lớp hoặc đã có giấy chứng nhận.',
		'This person has not completed the class or has a certificate already.'
	],
	'certificates.not_given': [
		'Lớp này không cấp giấy chứng nhận trên hệ thống.',
		'This class issues no certificates in the system.'
	],
	'certificates.nothing_to_issue': [
		'Không còn ai chưa được cấp giấy chứng nhận.',
		'Nobody is left without a certificate.'
	],
	'certificates.batch_running': [
		'Lớp này đang được cấp giấy chứng nhận, đề nghị chờ xong.',
		'Certificates of this class are being issued; please wait.'
	],
	'certificates.nothing_to_print': ['Lớp này chưa có giấy chứng nhận nào để in.', 'There is nothing to print yet.'],
	'certificates.sheet_too_long': [
		'Mỗi lần in tối đa {most} giấy chứng nhận.',
		'At most {most} certificates can be printed at once.'
	],
	'certificates.suffix': [
		'Ký hiệu chỉ gồm chữ, số, dấu gạch ngang, gạch chéo và dấu chấm.',
		'The symbol has letters, digits, hyphens, slashes and dots only.'
	],
	'certificates.signed_other': [
		'Tệp này không phải là giấy chứng nhận do hệ thống tạo, hoặc nội dung đã bị thay đổi trước khi ký.',
		'This is not the file that the system made, or it was changed before it was signed.'
	],
	'certificates.unsigned': ['Tệp này chưa có chữ ký số.', 'This file has no digital signature.'],
	'certificates.signature_wrong': [
		'Chữ ký số không đúng hoặc không bao trùm toàn bộ tệp.',
		'The digital signature is wrong or does not cover the whole file.'
	],
	'certificates.signer_untrusted': [
		'Chứng thư số của người ký không do tổ chức chứng thực tin cậy cấp.',
		'The signer’s certificate was not issued by a trusted authority.'
	],

	// Notifications
	'notifications.no_message': ['Không tìm thấy thông báo này.', 'This message could not be found.'],
	'notifications.no_announcement': ['Không tìm thấy văn bản, thông báo này.', 'This announcement could not be found.'],
	'notifications.no_file': ['Không tìm thấy tệp này.', 'This file could not be found.'],
	'notifications.nobody': [
		'Chưa có người nhận nào phù hợp. Đề nghị chọn lại cơ quan, nhóm hoặc vai trò.',
		'Nobody matches. Please choose other units, groups or roles.'
	],
	'notifications.unit_out_of_reach': [
		'Có cơ quan, đơn vị ngoài phạm vi quản lý.',
		'Some of the units lie outside those you manage.'
	],
	'notifications.too_many_files': ['Mỗi lần gửi tối đa 10 tệp.', 'At most ten files can be sent at once.'],
	'notifications.withdrawn': ['Văn bản, thông báo này đã được thu hồi.', 'This announcement has been withdrawn.'],
	'notifications.no_text': ['Không tìm thấy mẫu thông báo này.', 'This message template could not be found.'],
	'notifications.nowhere_to_send': [
		'Chưa gửi được: hệ thống chưa cấu hình máy chủ thư hoặc cổng tin nhắn, hoặc tài khoản này chưa có địa chỉ nhận.',
		'Nothing could be sent: no mail server or gateway is configured, or this account has no address.'
	],
	'notifications.unknown_place': [
		'Nội dung có chỗ điền trong ngoặc nhọn không thuộc mẫu này. Đề nghị chỉ dùng các chỗ điền đã liệt kê.',
		'The text has a place in braces that this template does not know. Please use the listed ones only.'
	],
	'notifications.name_in_title': [
		'Tiêu đề không được chứa tên người, vì tiêu đề hiện cả trên màn hình khóa. Đề nghị chuyển tên vào nội dung.',
		'A title must not hold a person’s name, since locked screens show it. Please move the name to the text.'
	]
};

/** The sentence of a code in one language; a code without a sentence of its own gets a general one, never the bare code. */
export function errorText(locale: Locale, code: string, params: ErrorParams = {}): string {
	const sentence = SENTENCES[code] ?? (code.startsWith('form.') ? SENTENCES['form.invalid'] : undefined) ?? UNKNOWN;
	return fillIn(sentence, locale, params);
}

/** Whether a code has a sentence of its own. */
export function hasSentence(code: string): boolean {
	return code in SENTENCES;
}

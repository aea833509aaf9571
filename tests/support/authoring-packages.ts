import { manifest12, zipOf } from './scorm-packages.ts';

/**
 * Packages shaped as four authoring tools export them: how they find the run-time, keep their state, report status and say
 * goodbye. All code here is our own; each course has {@link PAGES} pages and is driven by `goTo(page)` in its content.
 */
export const PAGES = 5;

/** Ends with the last page; `answers` grow with every page, so that state is more than a number. */
const COURSE = `
	var state = { page: 1, answers: [] };
	function show() { document.title = 'trang ' + state.page; document.body.dataset.page = state.page; document.body.dataset.answers = state.answers.length; }
	function visit(page) { state.page = page; state.answers.push('câu ' + page + ' “đúng” 😀 ' + new Array(40).join('điều ' + page + ' ')); show(); }
`;

/** LZW in the browser: codes of a text and back. Packed, twelve bits each, they are any 16-bit units: NUL, half surrogates. */
const LZW = `
	var LZW = {
		codes: function (text) {
			var bytes = unescape(encodeURIComponent(text)), table = {}, next = 256, word = '', out = [];
			for (var i = 0; i < 256; i++) table['_' + String.fromCharCode(i)] = i;
			for (var j = 0; j < bytes.length; j++) {
				var longer = word + bytes.charAt(j);
				if (table['_' + longer] !== undefined) { word = longer; continue; }
				out.push(table['_' + word]);
				if (next < 4096) table['_' + longer] = next++;
				word = bytes.charAt(j);
			}
			if (word) out.push(table['_' + word]);
			return out;
		},
		text: function (codes) {
			var table = [], next = 256, out = '', last = '';
			for (var i = 0; i < 256; i++) table[i] = String.fromCharCode(i);
			for (var j = 0; j < codes.length; j++) {
				var word = table[codes[j]] === undefined ? last + last.charAt(0) : table[codes[j]];
				out += word;
				if (last && next < 4096) table[next++] = last + word.charAt(0);
				last = word;
			}
			return decodeURIComponent(escape(out));
		},
		pack: function (text) {
			var bits = '', out = String.fromCharCode(0);
			LZW.codes(text).forEach(function (code) { bits += ('00000000000' + code.toString(2)).slice(-12); });
			while (bits.length % 16) bits += '1111';
			for (var i = 0; i < bits.length; i += 16) out += String.fromCharCode(parseInt(bits.slice(i, i + 16), 2));
			return out;
		},
		unpack: function (packed) {
			var bits = '', codes = [];
			for (var i = 1; i < packed.length; i++) bits += ('000000000000000' + packed.charCodeAt(i).toString(2)).slice(-16);
			for (var j = 0; j + 12 <= bits.length; j += 12) codes.push(parseInt(bits.slice(j, j + 12), 2));
			while (codes[codes.length - 1] === 4095) codes.pop();
			return LZW.text(codes);
		}
	};
`;

const html = (script: string, body = '') =>
	`<!doctype html><meta charset="utf-8"><body>${body}<script>${script}</script>`;

/** A SCORM 2004 manifest with one SCO. */
const manifest2004 = (title: string, href: string) => `<?xml version="1.0" encoding="utf-8"?>
<manifest identifier="m" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
	<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion></metadata>
	<organizations default="o"><organization identifier="o"><title>${title}</title><item identifier="i1" identifierref="r1"><title>${title}</title></item></organization></organizations>
	<resources><resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="${href}"><file href="${href}"/></resource></resources>
</manifest>`;

/**
 * As iSpring: one page below `res/`, state as base64 of JSON, saved a moment after each change; "incomplete" at once, the
 * status that counts only in the unload handlers, which are bound three times over.
 */
const iSpring = zipOf({
	'imsmanifest.xml': manifest12('Kiểu iSpring', [{ id: 'ispring', href: 'res/index.html' }]),
	'res/index.html': html(`${COURSE}
		var w = window, tries = 0;
		while (!w.API && w.parent !== w && tries++ < 500) w = w.parent;
		var api = w.API, timer, isOver = false, began = Date.now();
		api.LMSInitialize('');
		if (api.LMSGetValue('cmi.core.lesson_status') === 'not attempted') api.LMSSetValue('cmi.core.lesson_status', 'incomplete');
		var kept = api.LMSGetValue('cmi.suspend_data');
		if (kept) state = JSON.parse(decodeURIComponent(escape(atob(kept))));
		show();
		function save() { api.LMSSetValue('cmi.suspend_data', btoa(unescape(encodeURIComponent(JSON.stringify(state))))); api.LMSSetValue('cmi.core.lesson_location', 'slide' + state.page); }
		function goTo(page) { visit(page); clearTimeout(timer); timer = setTimeout(function () { save(); api.LMSCommit(''); }, 1000); }
		function leave() {
			if (isOver) return;
			isOver = true;
			save();
			if (state.page === ${PAGES}) { api.LMSSetValue('cmi.core.score.raw', '85'); api.LMSSetValue('cmi.core.lesson_status', 'passed'); }
			api.LMSSetValue('cmi.core.session_time', '0000:00:0' + Math.min(9, Math.ceil((Date.now() - began) / 1000)) + '.00');
			api.LMSSetValue('cmi.core.exit', 'suspend');
			api.LMSCommit('');
			api.LMSFinish('');
		}
		window.onbeforeunload = leave; window.onunload = leave; window.addEventListener('pagehide', leave);`)
});

/**
 * As ActivePresenter: the page that is opened opens the course in a window of its own; that window looks for the run-time
 * above itself, then above its opener. State is LZ-compressed into arbitrary 16-bit units; status comes with the goodbye.
 */
const activePresenter = zipOf({
	'imsmanifest.xml': manifest2004('Kiểu ActivePresenter', 'index_scorm.html'),
	'index_scorm.html': html(
		`function launch() { window.course = window.open('html5/index.html', '_blank', 'width=900,height=600,resizable=yes'); }`,
		'<button onclick="launch()">Bắt đầu</button>'
	),
	'html5/index.html': html(`${COURSE}${LZW}
		function find(w) { var n = 0; while (!w.API_1484_11 && w.parent && w.parent !== w && n++ < 7) w = w.parent; return w.API_1484_11 || null; }
		var api = find(window) || (window.opener && find(window.opener));
		api.Initialize('');
		var kept = api.GetValue('cmi.suspend_data');
		if (kept) state = JSON.parse(LZW.unpack(kept));
		show();
		function goTo(page) { visit(page); api.SetValue('cmi.suspend_data', LZW.pack(JSON.stringify(state))); api.SetValue('cmi.location', String(page)); }
		window.addEventListener('unload', function () {
			var isDone = state.page === ${PAGES};
			api.SetValue('cmi.completion_status', isDone ? 'completed' : 'incomplete');
			if (isDone) { api.SetValue('cmi.score.scaled', '0.85'); api.SetValue('cmi.success_status', 'passed'); }
			api.SetValue('cmi.exit', 'suspend');
			api.Commit('');
			api.Terminate('');
		});`)
});

/**
 * As Storyline in a new window: the driver stays in the page that was opened and holds the session; the story in its window
 * speaks to the driver through its opener. State is long, in an alphabet of its own; the driver lets go when it is unloaded.
 */
const storyline = zipOf({
	'imsmanifest.xml': manifest12('Kiểu Storyline', [{ id: 'storyline', href: 'index_lms.html' }]),
	'index_lms.html': html(
		`var w = window; while (!w.API && w.parent !== w) w = w.parent;
		var api = w.API, isOver = false;
		api.LMSInitialize('');
		if (api.LMSGetValue('cmi.core.lesson_status') === 'not attempted') api.LMSSetValue('cmi.core.lesson_status', 'incomplete');
		var driver = {
			GetDataChunk: function () { return api.LMSGetValue('cmi.suspend_data'); },
			SetDataChunk: function (text) { api.LMSSetValue('cmi.suspend_data', text); },
			SetBookmark: function (text) { api.LMSSetValue('cmi.core.lesson_location', text); },
			GetBookmark: function () { return api.LMSGetValue('cmi.core.lesson_location'); },
			SetPassed: function () { api.LMSSetValue('cmi.core.score.raw', '85'); api.LMSSetValue('cmi.core.lesson_status', 'passed'); },
			CommitData: function () { return api.LMSCommit(''); }
		};
		function unload() {
			if (isOver) return;
			isOver = true;
			api.LMSSetValue('cmi.core.session_time', '0000:00:03');
			api.LMSSetValue('cmi.core.exit', 'suspend');
			api.LMSCommit('');
			api.LMSFinish('');
		}
		window.onbeforeunload = unload; window.onunload = unload;`,
		`<a href="#" role="button" onclick="window.open('story.html', 'story', 'width=980,height=700'); return false">Bắt đầu</a>`
	),
	'story.html': html(`${COURSE}
		var driver = opener.driver, DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$';
		function encode(text) { return text.split('').map(function (c) { var n = c.charCodeAt(0); return DIGITS.charAt(n >> 12) + DIGITS.charAt((n >> 6) & 63) + DIGITS.charAt(n & 63); }).join(''); }
		function decode(text) { return text.replace(/.../g, function (t) { return String.fromCharCode((DIGITS.indexOf(t.charAt(0)) << 12) | (DIGITS.indexOf(t.charAt(1)) << 6) | DIGITS.indexOf(t.charAt(2))); }); }
		var kept = driver.GetDataChunk();
		if (kept) state = JSON.parse(decode(kept));
		show();
		function goTo(page) {
			visit(page);
			driver.SetDataChunk(encode(JSON.stringify(state)));
			driver.SetBookmark('_player.scene1.slide' + page);
		}
		window.addEventListener('unload', function () { if (state.page === ${PAGES}) driver.SetPassed(); driver.CommitData(); });`)
});

/**
 * As Rise: the driver's page frames the content; state is a JSON list of LZW codes; every step is committed; completion is
 * told when the last lesson was read, and the driver ends the session when its page goes.
 */
const rise = zipOf({
	'imsmanifest.xml': manifest2004('Kiểu Rise', 'scormdriver/indexAPI.html'),
	'scormdriver/indexAPI.html': html(
		`var w = window; while (!w.API_1484_11 && w.parent !== w) w = w.parent;
		var api = w.API_1484_11;
		api.Initialize('');
		if (api.GetValue('cmi.completion_status') === 'unknown') api.SetValue('cmi.completion_status', 'incomplete');
		function ConcedeControl() { api.SetValue('cmi.exit', 'suspend'); api.SetValue('cmi.session_time', 'PT3S'); api.Commit(''); api.Terminate(''); }
		window.onbeforeunload = null; window.onunload = function () { ConcedeControl(); };`,
		'<iframe name="scormdriver_content" src="../scormcontent/index.html" style="width:100%;height:90vh"></iframe>'
	),
	'scormcontent/index.html': html(`${COURSE}${LZW}
		var api = parent.api;
		var kept = api.GetValue('cmi.suspend_data');
		if (kept) state = JSON.parse(LZW.text(JSON.parse(kept).d));
		show();
		function goTo(page) {
			visit(page);
			api.SetValue('cmi.suspend_data', JSON.stringify({ v: 2, d: LZW.codes(JSON.stringify(state)), cpv: 'x1y2' }));
			api.SetValue('cmi.location', '#/lessons/' + page);
			if (page === ${PAGES}) { api.SetValue('cmi.completion_status', 'completed'); api.SetValue('cmi.success_status', 'passed'); api.SetValue('cmi.score.scaled', '0.85'); }
			api.Commit('');
		}`)
});

/** By the tool they are shaped after; `opens` is what the learner presses where the course comes in a window of its own. */
export const AUTHORED: readonly Readonly<{ tool: string; zip: Uint8Array; opens?: 'button' }>[] = [
	{ tool: 'iSpring', zip: iSpring },
	{ tool: 'ActivePresenter', zip: activePresenter, opens: 'button' },
	{ tool: 'Storyline', zip: storyline, opens: 'button' },
	{ tool: 'Rise', zip: rise }
];

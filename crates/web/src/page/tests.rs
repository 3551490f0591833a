//! The shell, looked at through selectors.

use maud::html;
use thao_base::Lang;

use super::*;
use crate::components::probe::Probe;

fn entry(href: &'static str, words: &'static str) -> NavEntry {
    NavEntry { href: href.into(), words: words.into(), icon: Icon::Home }
}

fn signed_in(path: &str, places: usize) -> Chrome {
    let all = [
        entry("/", "Trang chính"),
        entry("/learn", "Học"),
        entry("/classes", "Lớp"),
        entry("/people", "Người"),
        entry("/plan", "Kế hoạch"),
        entry("/plan/targets", "Chỉ tiêu"),
        entry("/audit", "Nhật ký"),
    ];
    Chrome {
        csrf: Some("t0ken".into()),
        who: Some(Who { name: "Hà Thị Mẫu".into(), nav: all[..places].to_vec() }),
        ..Chrome::new(Lang::Vi, path)
    }
}

fn show(chrome: &Chrome) -> Probe {
    Probe::new(Page::new(chrome, "Lớp học").body(html! { p #x { "thân" } }))
}

#[test]
fn a_page_has_language_title_heading_and_a_way_past_the_header() {
    let page = show(&Chrome::new(Lang::Vi, "/classes"));
    page.one("html[lang=vi]");
    assert_eq!(page.text("title"), "Lớp học · Thạo");
    assert_eq!(page.text("main h1"), "Lớp học");
    let skip = page.one("body > a.skip").attr("href").unwrap();
    page.one(&format!("main{skip}"));
    page.one("main #x");
    page.one("meta[name=viewport]");
}

#[test]
fn nothing_is_styled_or_scripted_in_line() {
    let page = show(&signed_in("/classes", 7));
    assert!(page.all("[style]").is_empty());
    assert!(page.all("style").is_empty());
    assert!(page.all("script:not([src])").is_empty());
    assert!(page.all("[onclick], [onsubmit], [onchange]").is_empty());
    assert_eq!(page.all("link[rel=stylesheet]").len(), 1);
}

#[test]
fn the_place_with_the_longest_matching_path_is_current() {
    for (path, words) in [
        ("/", "Trang chính"),
        ("/classes", "Lớp"),
        ("/classes/7?tab=roll", "Lớp"),
        ("/plan/targets/3", "Chỉ tiêu"),
        ("/plan", "Kế hoạch"),
    ] {
        let page = show(&signed_in(path, 7));
        let here = page.texts(".nav > ul > li > a[aria-current=page]");
        assert_eq!(here, [words], "{path}");
    }
    assert!(show(&signed_in("/classes-old", 7)).all("[aria-current=page]").is_empty());
}

#[test]
fn a_phone_has_five_places_at_most_and_the_rest_opens() {
    let page = show(&signed_in("/", 7));
    assert_eq!(page.all(".nav > ul > li:not(.nav-rest)").len(), 5);
    assert_eq!(page.texts(".nav-more li a"), ["Kế hoạch", "Chỉ tiêu", "Nhật ký"]);
    assert!(show(&signed_in("/", 5)).all(".nav-more").is_empty());
}

#[test]
fn signing_out_and_changing_language_carry_the_token() {
    let page = show(&signed_in("/classes?after=x", 3));
    for action in [SIGN_OUT_PATH, LANGUAGE_PATH] {
        page.one(&format!("form[method=post][action='{action}'] input[name=csrf][value=t0ken]"));
    }
    assert_eq!(page.one("input[name=back]").attr("value"), Some("/classes?after=x"));
    assert_eq!(page.one("button[name=lang]").attr("value"), Some("en"));
    assert_eq!(page.text(".menu > summary"), "Hà Thị Mẫu");
}

#[test]
fn a_stranger_can_sign_in_and_nothing_else() {
    let page = show(&Chrome::new(Lang::En, "/"));
    page.one("a[href='/sign-in']");
    assert!(page.all("nav").is_empty());
    assert!(page.all("form[action='/sign-out']").is_empty());
}

#[test]
fn errors_come_first_and_change_the_title() {
    let chrome = Chrome::new(Lang::Vi, "/classes/new");
    let mut errors = FieldErrors::new();
    let calm = Probe::new(Page::new(&chrome, "Mở lớp").errors(&errors).body(html! {}));
    assert_eq!(calm.text("title"), "Mở lớp · Thạo");
    errors.add("name", "Nhập tên lớp");
    let page = Probe::new(Page::new(&chrome, "Mở lớp").errors(&errors).body(html! {}));
    assert_eq!(page.text("title"), "Lỗi: Mở lớp · Thạo");
    page.one("main > .error-summary:first-child");
}

#[test]
fn what_the_last_request_left_to_say_is_said() {
    let mut chrome = Chrome::new(Lang::Vi, "/classes");
    chrome.notices.push(Notice::good("Đã mở lớp."));
    let page = Probe::new(
        Page::new(&chrome, "Lớp").notice(Notice::warn("Thiếu giảng viên.")).body(html! {}),
    );
    assert_eq!(page.texts(".notice"), ["Đã mở lớp.", "Thiếu giảng viên."]);
}

#[test]
fn a_focused_page_has_the_way_back_only() {
    let chrome = signed_in("/classes/7/attendance", 7);
    let page = Page::new(&chrome, "Điểm danh").focused("/classes/7", "Lớp 7").body(html! {});
    let page = Probe::new(page);
    assert_eq!(page.text("header a[href='/classes/7']"), "Lớp 7");
    assert!(page.all("nav.nav").is_empty());
}

#[test]
fn crumbs_lead_up() {
    let chrome = signed_in("/classes/7", 3);
    let page = Page::new(&chrome, "Lớp 7").crumb("/classes", "Lớp học").body(html! {});
    let page = Probe::new(page);
    page.one("nav.crumbs[aria-label] a[href='/classes']");
}

#[test]
fn made_up_figures_are_labelled_on_every_page() {
    let mut chrome = signed_in("/", 3);
    assert!(show(&chrome).all(".demo").is_empty());
    chrome.demo = true;
    assert_eq!(show(&chrome).text(".demo"), "Dữ liệu mẫu, không phải số liệu thật");
}

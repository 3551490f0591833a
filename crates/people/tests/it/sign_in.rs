//! The way in and out.

use jiff::Span;
use thao_cast::{Client, PASSWORD, Who};

use crate::stage::Stage;

const WRONG: &str = "Tên đăng nhập hoặc mật khẩu chưa đúng";

#[tokio::test(flavor = "multi_thread")]
async fn the_right_password_leads_back_to_where_one_came_from() {
    for stage in Stage::all().await {
        let browser = stage.nobody();
        let asked = browser.get("/account").await;
        assert_eq!(asked.location(), "/sign-in?back=/account");
        let form = browser.follow(&asked).await;
        assert_eq!(form.status, 200);
        assert_eq!(form.attr("main input[name=back]", "value"), "/account");
        assert!(form.has("input[name=login][autocomplete=username]"));
        assert!(form.has("input[name=password][type=password]"));

        let sent = [("login", " AN "), ("password", PASSWORD), ("back", "/account")];
        let entered = browser.post("/sign-in", &sent).await;
        assert_eq!(entered.status, 303);
        assert_eq!(entered.location(), "/account");
        let cookie = entered.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        assert!(cookie.contains("Max-Age=2592000"), "{cookie}");
        assert!(!cookie.contains("Secure"), "without TLS the browser would drop it: {cookie}");
        assert_eq!(browser.get("/account").await.status, 200);
        // Somebody who is in already is not asked again.
        assert_eq!(browser.get("/sign-in?back=/account").await.location(), "/account");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_an_unknown_login_and_a_closed_account_get_one_answer() {
    for stage in Stage::all().await {
        let closed = stage.cast.member(Who::Binh).account;
        stage
            .write(move |tx, stamp| {
                let (account, at) = (closed, stamp.at);
                tx.exec(
                    "UPDATE account SET closed_at = $2 WHERE id = $1",
                    thao_base::args![account, at],
                )
            })
            .await;
        let browser = stage.nobody();
        let mut answers = Vec::new();
        for (login, password) in
            [("an", "sai mật khẩu"), ("khongcoai", PASSWORD), ("binh", PASSWORD)]
        {
            let sent = [("login", login), ("password", password), ("back", "/")];
            let page = browser.post("/sign-in", &sent).await;
            assert_eq!(page.status, 422, "{login}");
            assert!(page.one("[role=alert]").contains(WRONG), "{}", page.text());
            assert_eq!(page.attr("input[name=login]", "value"), login);
            assert!(page.attrs("input[name=password]", "value").is_empty());
            assert!(browser.cookie("thao_session").is_none());
            answers.push(page.one("[role=alert]"));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_fields_are_told_beside_the_field() {
    for stage in Stage::all().await {
        let page = stage.nobody().post("/sign-in", &[("login", ""), ("password", "")]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("input[name=login][aria-invalid=true]"));
        assert!(page.has("input[name=password][aria-invalid=true]"));
        assert!(page.one("title").starts_with("Lỗi:"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_wrong_tries_one_waits_even_with_the_right_password() {
    for stage in Stage::all().await {
        let browser = stage.nobody();
        let wrong = [("login", "an"), ("password", "sai mật khẩu")];
        let right = [("login", "an"), ("password", PASSWORD)];
        for _ in 0..10 {
            assert_eq!(browser.post("/sign-in", &wrong).await.status, 422);
        }
        let page = browser.post("/sign-in", &right).await;
        assert_eq!(page.status, 429);
        assert!(page.one("[role=alert]").contains("5 phút"), "{}", page.text());
        // Nobody shuts An out: from another address the right password opens, however many
        // addresses were used up.
        for last in 1..5 {
            let stranger = stage.nobody().at([198, 51, 100, last]);
            for _ in 0..10 {
                assert_eq!(stranger.post("/sign-in", &wrong).await.status, 422);
            }
            assert_eq!(stranger.post("/sign-in", &right).await.status, 429);
        }
        let elsewhere = stage.nobody().at([203, 0, 113, 7]);
        assert_eq!(elsewhere.post("/sign-in", &right).await.status, 303);
        // Others go in.
        let binh = [("login", "binh"), ("password", PASSWORD)];
        assert_eq!(browser.post("/sign-in", &binh).await.status, 303);
        stage.world.hand.advance(Span::new().minutes(5));
        assert_eq!(stage.nobody().post("/sign-in", &right).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_may_not_go_through_many_logins() {
    // One database is enough: nothing of it is stored.
    for stage in Stage::all().await.into_iter().take(1) {
        let browser = stage.nobody().at([203, 0, 113, 9]);
        for no in 0..60 {
            let login = format!("nguoi{no}");
            let sent = [("login", login.as_str()), ("password", "sai mật khẩu")];
            assert_eq!(browser.post("/sign-in", &sent).await.status, 422, "{no}");
        }
        let right = [("login", "an"), ("password", PASSWORD)];
        assert_eq!(browser.post("/sign-in", &right).await.status, 429);
        assert_eq!(stage.nobody().post("/sign-in", &right).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_behind_one_address_signs_in_all_the_same() {
    for stage in Stage::all().await.into_iter().take(1) {
        for _ in 0..65 {
            let sent = [("login", "an"), ("password", PASSWORD)];
            assert_eq!(stage.nobody().post("/sign-in", &sent).await.status, 303);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tampered_cookie_and_an_ended_session_lead_to_sign_in_with_the_reason() {
    for stage in Stage::all().await {
        let token = stage.cast.member(Who::An).token.clone();
        let mut tampered = token.clone();
        tampered.pop();
        tampered.push(if token.ends_with('A') { 'B' } else { 'A' });
        for cookie in [tampered.as_str(), "", "x'; DROP TABLE session; --"] {
            let browser = stage.nobody().with_cookie("thao_session", cookie);
            let asked = browser.get("/account").await;
            assert_eq!(asked.location(), "/sign-in?back=/account&ended=1", "{cookie}");
            let page = browser.follow(&asked).await;
            assert_eq!(page.status, 200);
            assert!(page.one("[role=status]").contains("hết hạn hoặc không hợp lệ"));
            assert!(browser.cookie("thao_session").is_none(), "the bad cookie is taken back");
            let sent = [("login", "an"), ("password", PASSWORD), ("back", "/account")];
            assert_eq!(browser.post("/sign-in", &sent).await.location(), "/account");
        }
        // An ended session: 401 days later.
        let late = stage.client(Who::An);
        stage.world.hand.advance(Span::new().hours(401 * 24));
        assert_eq!(late.get("/account").await.location(), "/sign-in?back=/account&ended=1");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_stays_inside() {
    for stage in Stage::all().await {
        for back in ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-in?back=/"]
        {
            let sent = [("login", "an"), ("password", PASSWORD), ("back", back)];
            let entered = stage.nobody().post("/sign-in", &sent).await;
            assert_eq!(entered.location(), "/", "{back}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_both_are_on_record() {
    for stage in Stage::all().await {
        let browser = stage.nobody();
        let sent = [("login", "an"), ("password", PASSWORD)];
        browser.post("/sign-in", &sent).await;
        let token = browser.cookie("thao_session").unwrap();
        let out = browser.post("/sign-out", &[]).await;
        assert_eq!(out.location(), "/sign-in?said=people.notice.signed_out");
        assert!(browser.cookie("thao_session").is_none());
        assert!(browser.follow(&out).await.one("[role=status]").contains("Đã đăng xuất"));
        let again: Client = stage.nobody().with_cookie("thao_session", &token);
        assert_eq!(again.get("/account").await.status, 303);
        let log = stage
            .read(|tx| {
                tx.list::<(String, i32)>(
                    "SELECT page, people FROM viewing ORDER BY at, page",
                    thao_base::args![],
                )
            })
            .await;
        assert_eq!(
            log,
            [("people.view.sign_in".to_owned(), 0), ("people.view.sign_out".to_owned(), 0)]
        );
    }
}

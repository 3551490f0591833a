//! From the slip to the first sign-in, and a new password by a new slip.

use jiff::Span;
use thao_cast::{PASSWORD, Who};

use crate::stage::Stage;

/// The code printed on a sheet, as it stands there.
async fn printed(stage: &Stage, by: Who, of: Who) -> thao_cast::Answer {
    let path = format!("{}/slips", stage.page(of));
    stage.client(by).post(&path, &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_gives_a_new_password_and_signs_in() {
    for stage in Stage::all().await {
        let sheet = printed(&stage, Who::CommuneManager, Who::An).await;
        assert_eq!(sheet.status, 200, "{}", sheet.text());
        assert_eq!(sheet.one(".slip h2"), "Nguyễn Văn An");
        assert!(sheet.has(".slip svg[role=img] path"));
        let code = sheet.one(".slip .code");
        assert!(sheet.text().contains("04/12/2026"), "{}", sheet.text());
        // The old password works until the new one is there.
        let old = [("login", "an"), ("password", PASSWORD)];
        let elsewhere = stage.nobody();
        assert_eq!(elsewhere.post("/sign-in", &old).await.status, 303);

        let browser = stage.nobody();
        let asked = browser.post("/activate", &[("code", &code.to_lowercase())]).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        assert!(asked.text().contains("Nguyễn Văn An"));
        assert!(asked.has("input[name=password][type=text][autocomplete=new-password]"));
        let code = asked.attr("input[name=code]", "value");
        let entered =
            browser.post("/activate", &[("code", &code), ("password", "ba con mèo")]).await;
        assert_eq!(entered.location(), "/?said=people.notice.activated");
        assert_eq!(browser.get("/account").await.status, 200);

        assert_eq!(elsewhere.get("/account").await.status, 303, "sessions elsewhere ended");
        assert_eq!(stage.nobody().post("/sign-in", &old).await.status, 422);
        let new = [("login", "an"), ("password", "ba con mèo")];
        assert_eq!(stage.nobody().post("/sign-in", &new).await.status, 303);
        // The slip is used up.
        let again = stage.nobody().post("/activate", &[("code", &code)]).await;
        assert_eq!(again.status, 422);
        assert!(again.has("input[name=code][aria-invalid=true]"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_leads_straight_to_the_choice_of_a_password() {
    for stage in Stage::all().await {
        let sheet = printed(&stage, Who::CommuneManager, Who::Binh).await;
        let code = sheet.one(".slip .code").replace(' ', "");
        let page = stage.nobody().get(&format!("/activate?code={code}")).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Trần Thị Bình"));
        assert!(page.has("input[name=password]"));
        let empty = stage.nobody().get("/activate").await;
        assert!(empty.has("input[name=code][autocomplete=one-time-code]"));
        assert!(!empty.has("input[name=password]"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_are_wrong_old_or_void_are_refused_in_words() {
    for stage in Stage::all().await {
        let first = printed(&stage, Who::CommuneManager, Who::An).await.one(".slip .code");
        let second = printed(&stage, Who::CommuneManager, Who::An).await.one(".slip .code");
        assert_ne!(first, second);
        for code in ["", "ABC", "ZZZZZ ZZZZZ", &first] {
            let page = stage.nobody().post("/activate", &[("code", code)]).await;
            assert_eq!(page.status, 422, "{code}");
            assert!(page.has("input[name=code][aria-invalid=true]"), "{code}");
        }
        stage.world.hand.advance(Span::new().hours(14 * 24));
        let late = stage.nobody().post("/activate", &[("code", &second)]).await;
        assert_eq!(late.status, 422);
        assert!(late.text().contains("đã hết hạn"), "{}", late.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn short_passwords_and_the_login_are_refused_and_the_slip_stays_good() {
    for stage in Stage::all().await {
        let code = printed(&stage, Who::CommuneManager, Who::An).await.one(".slip .code");
        for password in ["", "1234567", &"a".repeat(257)] {
            let sent = [("code", code.as_str()), ("password", password)];
            let page = stage.nobody().post("/activate", &sent).await;
            assert_eq!(page.status, 422, "{password}");
            assert!(page.has("input[name=password][aria-invalid=true]"), "{password}");
        }
        let sent = [("code", code.as_str()), ("password", "đủ tám ký tự")];
        assert_eq!(stage.nobody().post("/activate", &sent).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_cannot_be_guessed_one_after_another() {
    for stage in Stage::all().await.into_iter().take(1) {
        let browser = stage.nobody();
        let mut refused = 0;
        for no in 0..61 {
            let code = format!("AAAAA{no:05}");
            let page = browser.post("/activate", &[("code", &code)]).await;
            refused += usize::from(page.status == 429);
        }
        assert_eq!(refused, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_opened_with_a_login_made_of_the_name() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let unit = stage.cast.commune().to_string();
        let sent = [
            ("full_name", "Lê Thị Ân"),
            ("unit", unit.as_str()),
            ("kind", "staff"),
            ("from", "01/07/2025"),
        ];
        let added = manager.post("/people", &sent).await;
        let page = manager.follow(&added).await;
        assert!(page.text().contains("Chưa có tài khoản"));
        let path = added.location().split('?').next().unwrap().to_owned();
        let sheet = manager.post(&format!("{path}/accounts"), &[]).await;
        assert_eq!(sheet.status, 200);
        assert!(sheet.one(".slip").contains("anlt"), "{}", sheet.text());
        // Sent twice: the same account, the last slip is the good one.
        let twice = manager.post(&format!("{path}/accounts"), &[]).await;
        assert!(twice.one(".slip").contains("anlt"));
        let page = manager.get(&path).await;
        assert_eq!(page.css("#accounts-part tbody tr").len(), 1);
        let first = sheet.one(".slip .code");
        let void = stage.nobody().post("/activate", &[("code", &first)]).await;
        assert_eq!(void.status, 422);
    }
}
